import type { StateSimulator } from '@crema/execution'
import type { Address, Hash } from '@crema/protocol'
import { rpcError } from '../errors.ts'
import type { FeeView } from '../gas/fee-suggestion.ts'
import type { RpcLimits } from '../limits.ts'
import type { SubmissionPort } from '../ports.ts'
import { atLatest } from '../state/at-latest.ts'
import { feeCap, type Pool, type PoolEntry } from './pool.ts'
import { createSenderLock } from './sender-lock.ts'
import { checkAgainstBlock, checkFunds, checkNonce, checkSender } from './state-checks.ts'
import { readTransaction } from './stateless-checks.ts'
import { isRetryable, type Submitter, stageOf, submitRaw } from './submit.ts'

/** What admission needs. */
export interface AdmissionDeps extends FeeView {
  readonly pool: Pool
  readonly simulator: StateSimulator
  readonly sequencer: SubmissionPort
  readonly limits: RpcLimits
  readonly now: () => number
  /** Called for each transaction that the sequencer took. */
  readonly onAccepted: (entry: PoolEntry) => void
}

/** Accepts transactions, and hands each sender's to the sequencer in order of nonce. */
export interface Admission {
  /**
   * Hash of the transaction once the sequencer took it, or once it is held here because earlier nonces are missing. Throws the
   * errors of the table; after any of them the transaction is not kept.
   */
  admit(raw: Uint8Array): Promise<Hash>
  /** Submits what is held and has no gap before it any more. */
  promote(sender: Address): Promise<void>
}

/** Makes an {@link Admission}. */
export function createAdmission(deps: AdmissionDeps): Admission {
  const { pool, limits, sequencer } = deps
  const to = { sequencer, chain: deps.chain, lane: deps.l2.chainId }
  const lock = createSenderLock()

  const submit = async (entry: PoolEntry): Promise<void> => {
    await submitRaw(to, entry)
    entry.stage = 'submitted'
    deps.onAccepted(entry)
  }

  const promoteLocked = async (sender: Address, from: bigint): Promise<void> => {
    for (let nonce = from; ; nonce++) {
      const entry = pool.bySender(sender).get(nonce)
      if (entry === undefined) return
      if (entry.stage === 'submitted') continue
      try {
        await submit(entry)
      } catch (error) {
        if (!isRetryable(error)) pool.remove(entry.hash)
        return // A retryable fault is tried again later.
      }
    }
  }

  /** Whether a transaction right before this one could not be submitted. */
  const holdsBack = (entry: PoolEntry, stateNonce: bigint): boolean => {
    const own = pool.bySender(entry.from)
    for (let nonce = stateNonce; nonce < entry.decoded.nonce; nonce++) {
      if (own.get(nonce)?.stage !== 'submitted') return true
    }
    return false
  }

  const admitLocked = async (entry: PoolEntry): Promise<Hash> => {
    if (pool.get(entry.hash) !== undefined) throw rpcError('alreadyKnown')
    const account = await atLatest(deps, async (head) => {
      checkAgainstBlock(entry, deps.l2, head)
      const sender = await deps.simulator.account(head.stateRoot, entry.from)
      await checkSender(deps.simulator, head.stateRoot, entry, sender)
      return sender
    })
    const stateNonce = account?.nonce ?? 0n
    const pendingNonce = pool.pendingNonce(entry.from, stateNonce)
    checkNonce(entry, stateNonce, pendingNonce, limits.poolPerSender)
    checkFunds(entry, account?.balance ?? 0n, pool)
    const { nonce } = entry.decoded
    const rival = pool.bySender(entry.from).get(nonce)
    if (rival !== undefined) await checkReplacement(to, rival, entry)
    if (nonce > pendingNonce) {
      pool.add(entry)
      return entry.hash
    }
    await promoteLocked(entry.from, stateNonce)
    if (holdsBack(entry, stateNonce)) throw rpcError('sequencerHalted')
    pool.add(entry)
    try {
      await submit(entry)
    } catch (error) {
      pool.remove(entry.hash)
      throw error
    }
    await promoteLocked(entry.from, nonce + 1n)
    return entry.hash
  }

  return {
    async admit(raw) {
      pool.expire(deps.now())
      const entry = readTransaction(raw, to.lane, limits.feeCap, deps.now())
      return lock.run(entry.from, () => admitLocked(entry))
    },
    promote: (sender) =>
      lock.run(sender, async () => {
        const account = await atLatest(deps, (head) => deps.simulator.account(head.stateRoot, sender))
        await promoteLocked(sender, account?.nonce ?? 0n)
      }),
  }
}

/**
 * A queued transaction is replaced by one that pays 10 % more. One that the sequencer holds cannot be: it orders by arrival, and
 * a second with the same nonce would only be skipped. If the sequencer lost or dropped it, the new one takes its place.
 */
async function checkReplacement(to: Submitter, rival: PoolEntry, entry: PoolEntry) {
  if (feeCap(entry.decoded) * 10n < feeCap(rival.decoded) * 11n) throw rpcError('replacementUnderpriced')
  if (rival.stage === 'queued') return
  const stage = await stageOf(to, rival.hash)
  if (stage === 'pending' || stage === 'ordered') {
    throw rpcError('replacementUnderpriced', `the sequencer orders by arrival and already holds ${rival.hash}`)
  }
}
