import type { AttemptRow } from '@crema/chain-store'
import { keccak256 } from 'viem'
import type { Head } from '../chain.ts'
import { classifyRefusal, revertData } from '../classify.ts'
import { OutOfFundsError } from '../errors.ts'
import { bumpFees, checkFees, marketFees } from '../fees.ts'
import { allocateNonce } from '../nonce.ts'
import { revertedError } from '../revert.ts'
import { transition } from '../state.ts'
import type { Fees } from '../types.ts'
import { type Context, isFiller, isInFlight, latestAttempt, ownNonces, type Tracked } from './context.ts'
import type { Look } from './observe.ts'
import { publish } from './publish.ts'
import { askDone, confirm, fail } from './settle.ts'

/** Gas limit ceiling of one transaction since Osaka (EIP-7825). */
const maxTransactionGas = 1n << 24n

interface Draft extends Fees {
  readonly nonce: number
  readonly purpose: AttemptRow['purpose']
  readonly gasLimit: bigint
}

/** Signs, stores, and only then publishes. */
async function signAndPublish(context: Context, tracked: Tracked, draft: Draft, bump: boolean): Promise<void> {
  const { signer, store, clock, config } = context
  const { record } = tracked
  const empty = draft.purpose === 'cancel'
  const raw = await signer.sign({
    ...draft,
    chainId: config.chainId,
    to: empty ? record.sender : record.to,
    data: empty ? '0x' : record.data,
    valueWei: empty ? 0n : record.valueWei,
  })
  const createdAtMs = clock.nowMs()
  const attempt: AttemptRow = { ...draft, hash: keccak256(raw), key: record.key, raw, createdAtMs }
  const change = { state: transition(record.state, 'sign'), nonce: draft.nonce, updatedAtMs: createdAtMs }
  // Under a nonce that a reorganisation gave back, the very transaction of an earlier attempt may come out again.
  const isKnown = record.attempts.some(({ hash }) => hash === attempt.hash)
  if (isKnown) store.update(record.key, change)
  else store.addAttempt(attempt, change)
  tracked.record = { ...record, ...change, attempts: isKnown ? record.attempts : [...record.attempts, attempt] }
  tracked.heldBack = null
  tracked.mustPublish = true
  tracked.publishAtMs = createdAtMs
  tracked.replaceAtMs = createdAtMs + config.resubmitMs
  const { tipWei, feeCapWei, nonce } = draft
  const fees = { tipWei, feeCapWei }
  context.log.info(
    { key: record.key, nonce, hash: attempt.hash, ...fees, bump, purpose: draft.purpose },
    'transaction signed',
  )
  context.emit({ type: 'signed', key: record.key, nonce, hash: attempt.hash, fees, bump })
  await publish(context, tracked)
}

/** Whether another intent comes first: what a call depends on may still wait for its turn or for a block. */
function comesAfterOthers({ tracked: all }: Context, tracked: Tracked): boolean {
  const open = [...all.values()]
  const earlier = open.slice(0, open.indexOf(tracked))
  return open.some(isInFlight) || earlier.some(({ record }) => record.state === 'queued')
}

/** Wei that the transactions on their way may still cost. Nodes hold them against the balance, and a refused one would keep all later nonces waiting. */
function reservedWei({ tracked }: Context): bigint {
  return [...tracked.values()].filter(isInFlight).reduce((sum, one) => {
    const { gasLimit, feeCapWei, purpose } = latestAttempt(one)!
    return sum + gasLimit * feeCapWei + (purpose === 'call' ? one.record.valueWei : 0n)
  }, 0n)
}

/** Gas limit of the intent's call, or undefined when the intent was settled instead. */
async function gasLimitOf(context: Context, tracked: Tracked): Promise<bigint | undefined> {
  const { chain, config } = context
  const { record } = tracked
  if (record.gasLimit !== null) return record.gasLimit
  const call = { from: record.sender, to: record.to, data: record.data, valueWei: record.valueWei }
  try {
    const estimate = await chain.estimateGas(call)
    const raised = (estimate * config.gasPercent) / 100n
    return raised > maxTransactionGas && estimate <= maxTransactionGas ? maxTransactionGas : raised
  } catch (error) {
    const kind = classifyRefusal(error)
    if (kind === 'out-of-funds') throw new OutOfFundsError(record.sender, undefined, record.valueWei, error)
    if ((kind !== 'reverted' && kind !== 'invalid') || comesAfterOthers(context, tracked)) throw error
    if (await askDone(context, tracked)) confirm(context, tracked)
    else fail(context, tracked, revertedError('estimate', revertData(error), tracked.abi))
    return undefined
  }
}

/**
 * Signs the first transaction of a queued intent under a fresh nonce.
 * @throws FeeLimitError, OutOfFundsError or a node's error: the intent stays queued.
 */
export async function signFirst(context: Context, tracked: Tracked, look: Look): Promise<void> {
  const { chain, config } = context
  const { head, latestNonce, isBehind } = look
  const { record } = tracked
  if (await askDone(context, tracked)) return confirm(context, tracked)
  if (isBehind) {
    tracked.heldBack = 'the node does not have the block of a confirmed transaction'
    return
  }
  const gasLimit = await gasLimitOf(context, tracked)
  if (gasLimit === undefined) return
  const market = await chain.market(head)
  const fees = marketFees(market, config)
  checkFees(fees, market, gasLimit, config)
  const balanceWei = await chain.balance(record.sender)
  context.metrics.balance(balanceWei)
  const neededWei = record.valueWei + gasLimit * fees.feeCapWei + reservedWei(context)
  if (balanceWei < neededWei) throw new OutOfFundsError(record.sender, balanceWei, neededWei)
  const latest = await chain.nonce(record.sender, 'latest')
  // L1 went back since the look: what was confirmed there comes first, in the next one.
  if (latest < latestNonce) return
  const pending = await chain.nonce(record.sender, 'pending')
  const fixed = isFiller(record.key) ? record.nonce : null
  const nonce = fixed ?? allocateNonce(latest, pending, ownNonces(context))
  // Whatever was signed under an earlier nonce can no longer be mined; under this one nothing left the process, but before a reorganisation.
  if (!record.attempts.some((attempt) => attempt.nonce === nonce)) tracked.unseenNonce = nonce
  await signAndPublish(context, tracked, { ...fees, nonce, gasLimit, purpose: 'call' }, false)
}

/**
 * Replaces the latest transaction by one with higher fees: the call again, or the empty one if it is to be cancelled.
 * @throws FeeLimitError or a node's error: the latest transaction stays.
 */
export async function replace(context: Context, tracked: Tracked, head: Head): Promise<void> {
  const { chain, config } = context
  const { record } = tracked
  const last = latestAttempt(tracked)!
  const market = await chain.market(head)
  const fees = bumpFees(last, market, config.bumpPercent, config)
  const purpose = record.cancelRequested ? 'cancel' : 'call'
  const self = { from: record.sender, to: record.sender, data: '0x', valueWei: 0n } as const
  const gasLimit = purpose === 'cancel' ? await chain.estimateGas(self) : last.gasLimit
  checkFees(fees, market, gasLimit, config)
  context.bumps++
  context.metrics.bump()
  await signAndPublish(context, tracked, { ...fees, nonce: last.nonce, gasLimit, purpose }, true)
}
