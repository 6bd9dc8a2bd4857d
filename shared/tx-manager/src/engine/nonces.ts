import { keccak256 } from 'viem'
import { TxUsageError } from '../errors.ts'
import { nonceGaps, strangerNonces } from '../nonce.ts'
import { type Context, fillerPrefix, ownNonces, type Tracked, track } from './context.ts'

/** Looks that must find a gap before it is filled: pools are slow to show what they hold. */
const gapSightingsNeeded = 3

/** Queues an empty transaction that uses up `nonce`. */
export function useUpNonce(context: Context, nonce: number): Tracked {
  const { signer, config, clock, store } = context
  const nowMs = clock.nowMs()
  const open = [...context.tracked.values()].find(({ record }) => record.key.startsWith(`${fillerPrefix}${nonce}:`))
  if (open) return open
  const row = {
    key: `${fillerPrefix}${nonce}:${nowMs}`,
    chainId: config.chainId,
    sender: signer.address,
    to: signer.address,
    data: '0x',
    valueWei: 0n,
    callHash: keccak256('0x'),
    gasLimit: null,
    deadlineMs: null,
    state: 'queued',
    nonce,
    cancelRequested: false,
    receipt: null,
    error: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  } as const
  return track(context, store.insert(row))
}

/** At the start: checks the chain and deals with pending transactions of the key that are not ours. */
export async function reconcile(context: Context): Promise<void> {
  const { chain, config, signer, log } = context
  const chainId = await chain.chainId()
  if (chainId !== config.chainId) {
    const details = { configured: config.chainId, actual: chainId }
    throw new TxUsageError('tx.wrong-chain', `the node serves chain ${chainId}, not ${config.chainId}`, { details })
  }
  const latest = await chain.nonce(signer.address, 'latest')
  const pending = await chain.nonce(signer.address, 'pending')
  const strangers = strangerNonces(latest, pending, ownNonces(context))
  log.info(
    { address: signer.address, latest, pending, resumed: context.tracked.size, strangers },
    'transaction manager reconciled',
  )
  if (strangers.length > 0) {
    context.emit({ type: 'strangers', nonces: strangers, alert: true })
    if (config.strangers === 'replace') for (const nonce of strangers) useUpNonce(context, nonce)
  }
  context.reconciled = true
}

/** Fills nonces below ours that nobody uses: without them ours never get mined. */
export async function fillGaps(context: Context, latest: number): Promise<void> {
  const own = ownNonces(context)
  if (own.size === 0 || Math.max(...own) < latest) return
  const pending = await context.chain.nonce(context.signer.address, 'pending')
  const gaps = nonceGaps(latest, pending, own)
  context.gapSightings = new Map(gaps.map((nonce) => [nonce, (context.gapSightings.get(nonce) ?? 0) + 1]))
  for (const [nonce, seen] of context.gapSightings) {
    if (seen < gapSightingsNeeded) continue
    context.log.warn({ nonce }, 'nothing uses a nonce below ours, using it up')
    useUpNonce(context, nonce)
  }
}
