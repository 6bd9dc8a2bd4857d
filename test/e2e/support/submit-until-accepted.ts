import { setTimeout as sleep } from 'node:timers/promises'
import type { Hash, Hex } from '@crema/protocol'

interface Answer {
  readonly result?: Hash
  readonly error?: { readonly code: number; readonly message: string }
}

/** Words that say a transaction of ours got in before: its answer was lost. */
const inAlready = /already known|nonce too low/
/** Words, and lost connections, after which a sender tries again. */
const later = /sequencer halted|request timed out/

/**
 * Hands a signed transaction to the RPC until it answers with a hash. Only after an error or a lost answer it is sent again, so
 * whatever is accepted here must never be lost. The sender sends one at a time. Throws for any other refusal.
 */
export async function submitUntilAccepted(url: string, raw: Hex, timeoutMs = 60_000): Promise<{ tries: number }> {
  const deadline = Date.now() + timeoutMs
  for (let tries = 1; ; tries++) {
    const answer = await send(url, raw)
    if (answer?.result !== undefined) return { tries }
    const message = answer?.error?.message ?? 'connection lost'
    if (tries > 1 && inAlready.test(message)) return { tries }
    if (answer !== undefined && !later.test(message))
      throw new Error(`the RPC refused ${raw.slice(0, 20)}…: ${message}`)
    if (Date.now() > deadline) throw new Error(`not accepted in ${timeoutMs} ms: ${message}`)
    await sleep(50)
  }
}

/** Undefined when the answer was lost. */
async function send(url: string, raw: Hex): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_sendRawTransaction', params: [raw] }),
      signal: AbortSignal.timeout(15_000),
    })
    return (await response.json()) as Answer
  } catch {
    return undefined
  }
}
