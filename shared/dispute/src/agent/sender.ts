import { type DisputeCall, disputeAbi, encodeDisputeCall, mapLimited, simulateDisputeCall } from '@crema/l1'
import { CremaError, hexToBytes, keccak256Hex } from '@crema/protocol'
import { TxManagerClosedError, TxUsageError } from '@crema/tx-manager'
import type { DisputeIntent, DueCall } from '../decide/types.ts'
import { makeDue, type RefusedMove } from './make-due.ts'
import { nextAttempt } from './next-attempt.ts'
import type { DisputeAgentPorts } from './types.ts'

/** Sends what was decided: simulated first, urgent calls first, so many at a time, each once. */
export interface Sender {
  /** Computes and starts what is not under way, as far as there is room; `now`: L1 time in seconds. Resolves with the moves that cannot be made when all of it is simulated. */
  dispatch(calls: readonly DueCall[], now: bigint): Promise<readonly RefusedMove[]>
  inFlight(): readonly string[]
  /** Wei of new stakes in calls under way. */
  stakeInFlightWei(): bigint
  counts(): { readonly sent: number; readonly alreadyDone: number; readonly failed: number }
}

/** Simulations at a time. */
const PARALLEL = 4

type SenderPorts = Pick<
  DisputeAgentPorts,
  'l1' | 'contracts' | 'tx' | 'intents' | 'clock' | 'logger' | 'settings' | 'onEvent'
>

export function createSender(ports: SenderPorts): Sender {
  const { l1, contracts, tx, clock, logger, settings, onEvent } = ports
  const underWay = new Map<string, DisputeIntent>()
  const firstSeen = new Map<string, number>()
  const counts = { sent: 0, alreadyDone: 0, failed: 0 }

  async function start(intent: DisputeIntent, now: bigint): Promise<void> {
    const { call, key: aim, deadline } = intent
    const encoded = encodeDisputeCall(contracts, call)
    const nowMs = clock.nowMs()
    const deadlineMs = deadline === undefined ? undefined : nowMs + Number(deadline - now) * 1_000
    // Another calldata is another transaction: after a reorganisation the right move may be another.
    const content = keccak256Hex(hexToBytes(encoded.data)).slice(2, 10)
    const attempt = nextAttempt(ports.intents, `${aim}:${content}`, settings.pollMs, deadlineMs)
    if (nowMs < attempt.notBeforeMs) return
    const revert = await simulateDisputeCall(l1, tx.address, call.kind, encoded)
    if (revert !== undefined) {
      if (revert.meaning === 'done') return alreadyDone(call, aim)
      const level = revert.meaning === 'refused' || revert.meaning === 'too-late' ? 'error' : 'debug'
      logger[level]({ err: revert, key: aim, reason: intent.reason }, 'a call would revert')
      if (level === 'error') fail(call, aim, revert)
      return
    }
    logger.info({ key: attempt.key, deadline, stakeWei: intent.stakeWei, ...intent.reason }, `sending ${call.kind}`)
    onEvent?.({ kind: 'sending', intent })
    underWay.set(aim, intent)
    const isDone = async () => {
      const found = (await simulateDisputeCall(l1, tx.address, call.kind, encoded))?.meaning
      return found === 'done' || found === 'stale'
    }
    const limitMs = Math.min(nowMs + settings.giveUpMs, deadlineMs ?? Number.POSITIVE_INFINITY)
    void tx
      .send({ ...encoded, key: attempt.key, deadlineMs: limitMs, isDone, abi: disputeAbi })
      .then((receipt) => {
        if (receipt.kind === 'already-done') return alreadyDone(call, aim, receipt.reverted?.gasUsed)
        counts.sent++
        const feeWei = receipt.gasUsed * receipt.effectiveGasPriceWei
        logger.info({ key: aim, hash: receipt.hash, gasUsed: receipt.gasUsed, feeWei }, `${call.kind} is final`)
        onEvent?.({ kind: 'sent', call: call.kind, key: aim, gasUsed: receipt.gasUsed, feeWei })
      })
      .catch((error: unknown) => {
        if (error instanceof TxManagerClosedError) return
        // The attempt from before a restart asked for the same with another value; it settles by itself.
        if (error instanceof TxUsageError && error.code === 'tx.key-conflict') return
        fail(call, aim, error)
      })
      .finally(() => underWay.delete(aim))
  }

  /** `gasUsed` by an own transaction that came too late. */
  function alreadyDone(call: DisputeCall, key: string, gasUsed = 0n): void {
    counts.alreadyDone++
    logger.info({ key, gasUsed }, `${call.kind} was done already`)
    onEvent?.({ kind: 'already-done', call: call.kind, key, gasUsed })
  }

  function fail(call: DisputeCall, key: string, error: unknown): void {
    counts.failed++
    const code = error instanceof CremaError ? error.code : undefined
    logger.error({ err: error, key, code }, `${call.kind} failed`)
    onEvent?.({ kind: 'failed', call: call.kind, key, error })
  }

  /** Whether a call that anyone may make waits for others; the same agent always waits as long for the same call. */
  function waits({ key, deadline }: DueCall): boolean {
    if (deadline !== undefined || settings.spreadMs === 0) return false
    const seenAt = firstSeen.get(key) ?? clock.nowMs()
    firstSeen.set(key, seenAt)
    const draw = Number.parseInt(keccak256Hex(new TextEncoder().encode(tx.address + key)).slice(2, 10), 16)
    return clock.nowMs() < seenAt + (draw / 2 ** 32) * settings.spreadMs
  }

  return {
    dispatch: async (calls, now) => {
      const wanted = new Set(calls.map(({ key }) => key))
      for (const key of firstSeen.keys()) if (!wanted.has(key)) firstSeen.delete(key)
      const free = Math.max(0, settings.maxInFlight - underWay.size)
      const due = calls.filter((call) => !underWay.has(call.key) && !waits(call))
      const { intents, refused } = await makeDue(due, free)
      await mapLimited(intents, PARALLEL, async (intent) => {
        try {
          await start(intent, now)
        } catch (error) {
          // One call that cannot be simulated, as for lack of funds, must not hold up the others.
          fail(intent.call, intent.key, error)
        }
      })
      return refused
    },
    inFlight: () => [...underWay.keys()],
    stakeInFlightWei: () => [...underWay.values()].reduce((sum, { stakeWei }) => sum + stakeWei, 0n),
    counts: () => ({ ...counts }),
  }
}
