// Submit to soft receipt through the rpc service at a steady rate, on a whole network in processes of their own.
import type { Hash, Hex } from '@crema/protocol'
import { testAccount } from '@crema/testing'
import { userIndexes } from '../devnet/create-network.ts'
import type { Devnet } from '../devnet/devnet.ts'
import { rollupCall } from '../support/rollup-call.ts'
import { type Row, row } from './row.ts'

/** Submissions a second, and for how long. */
const RATE = 100
const SECONDS = 60
/** Time after the last submission in which every receipt must have come. */
const GRACE_MS = 15_000

interface Sent {
  readonly hash: Hash
  readonly at: number
}

/** Sends {@link RATE} transfers a second for {@link SECONDS} and times each from its submission to the block that holds it. */
export async function benchLoad(devnet: Devnet): Promise<Row[]> {
  const url = devnet.urls.rpc
  const raws = await signAll(devnet, RATE * SECONDS)
  const sent = new Map<Hash, Sent>()
  const latencies: number[] = []
  const stopWatching = new AbortController()
  const watching = watch(url, stopWatching.signal, (hash, at) => {
    const submission = sent.get(hash)
    if (submission === undefined) return
    latencies.push(at - submission.at)
    sent.delete(hash)
  })
  let refused = 0
  const pending: Promise<unknown>[] = []
  const start = performance.now()
  for (const [i, { raw, hash }] of raws.entries()) {
    const due = start + (i * 1_000) / RATE
    const early = due - performance.now()
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early))
    sent.set(hash, { hash, at: performance.now() })
    pending.push(rollupCall(url, 'eth_sendRawTransaction', raw).catch(() => refused++))
  }
  await Promise.all(pending)
  const deadline = performance.now() + GRACE_MS
  while (sent.size > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50))
  stopWatching.abort()
  await watching
  latencies.sort((a, b) => a - b)
  const percentile = (p: number): number => latencies[Math.ceil((latencies.length * p) / 100) - 1] ?? Number.NaN
  const { blockTimeMs } = devnet.parameters
  return [
    row(`soft receipt p50 at ${RATE} tx/s for ${SECONDS} s (peer: block time)`, 'ms', percentile(50), blockTimeMs),
    row(`soft receipt p99 at ${RATE} tx/s for ${SECONDS} s (peer: block time)`, 'ms', percentile(99), blockTimeMs),
    row('transactions lost (peer: submitted)', 'count', sent.size + refused, raws.length, 0),
  ]
}

/** Signs the transfers before the clock runs: the users' accounts in turn, each in order of its nonces. */
async function signAll(devnet: Devnet, count: number): Promise<{ readonly raw: Hex; readonly hash: Hash }[]> {
  const { keccak256 } = await import('viem')
  const accounts = userIndexes.map((index) => testAccount(index))
  const nonces = await Promise.all(
    accounts.map(async ({ address }) =>
      Number(await rollupCall<Hex>(devnet.urls.rpc, 'eth_getTransactionCount', address, 'pending')),
    ),
  )
  const signed: { raw: Hex; hash: Hash }[] = []
  for (let i = 0; i < count; i++) {
    const sender = i % accounts.length
    const raw = await accounts[sender]!.signTransaction({
      type: 'eip1559',
      chainId: Number(devnet.config.l2.chainId),
      nonce: nonces[sender]! + Math.floor(i / accounts.length),
      to: accounts[(sender + 1) % accounts.length]!.address,
      value: 1n,
      gas: 21_000n,
      maxFeePerGas: 100_000_000_000n,
      maxPriorityFeePerGas: 1_000_000n,
    })
    signed.push({ raw, hash: keccak256(raw) })
  }
  return signed
}

/** Tells of each transaction of each new block, with the time at which the block was seen. */
async function watch(url: string, signal: AbortSignal, onSeen: (hash: Hash, at: number) => void): Promise<void> {
  let next = BigInt(await rollupCall<Hex>(url, 'eth_blockNumber')) + 1n
  while (!signal.aborted) {
    const block = await rollupCall<{ transactions: Hash[] } | null>(
      url,
      'eth_getBlockByNumber',
      `0x${next.toString(16)}`,
      false,
    )
    if (block === null) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      continue
    }
    const at = performance.now()
    for (const hash of block.transactions) onSeen(hash, at)
    next++
  }
}
