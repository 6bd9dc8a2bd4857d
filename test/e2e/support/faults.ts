import type { Devnet } from '../devnet/devnet.ts'

/** The sequencer's fault switches (services/sequencer/README.md). */
export interface Faults {
  readonly stop?: 'hang' | 'refuse'
  readonly delayMs?: number
  readonly drop?: boolean
  readonly equivocate?: boolean
  readonly forge?: 'signature' | 'outsider' | 'quorum'
  readonly withhold?: boolean
  readonly tamper?: boolean
  readonly admitAnything?: boolean
  readonly origin?: 'unknown' | 'future' | 'backwards'
  readonly timestamp?: 'future' | 'backwards'
  readonly payload?: 'oversized' | 'malformed'
}

/** Replaces the faults in force; `{}` makes the sequencer honest again. Throws when the switches refuse them. */
export async function setFaults({ ports }: Devnet, faults: Faults): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${ports.faults}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(faults),
  })
  if (!response.ok) throw new Error(`faults: ${response.status} ${await response.text()}`)
}
