import { type DisputeCall, disputeAbi, encodeDisputeCall, mapLimited, simulateDisputeCall } from '@crema/l1'
import { CremaError, hexToBytes, keccak256Hex } from '@crema/protocol'
import { TxManagerClosedError, TxUsageError } from '@crema/tx-manager'
import type { DisputeIntent, DueCall } from '../decide/types.ts'
import { makeDue, type RefusedMove } from './make-due.ts'
import { nextAttempt } from './next-attempt.ts'
import type { DisputeAgentPorts } from './types.ts'

/**
 * Sends what was decided: simulated first, urgent calls first, so many at a time, each once. A call that cannot be sent takes no room from those after it, however
 * many there are: neither one that pauses or would revert, nor one that waits in the transaction manager because it is too dear.
 */
export interface Sender {
  /**
   * Computes and starts what is not under way, in the order of `calls`, until there is no room; `now`: L1 time in seconds. Resolves with the moves that cannot be made
   * when all of it is simulated.
   */
  dispatch(calls: readonly DueCall[], now: bigint): Promise<readonly RefusedMove[]>
  /** Calls that may still be started. */
  room(): number
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
  /** By aim, with the key of the attempt. */
  const underWay = new Map<string, { readonly intent: DisputeIntent; readonly attempt: string }>()
  const firstSeen = new Map<string, number>()
  /** Until when moves pause after failures, Unix milliseconds: none of them is computed before, whatever it has become meanwhile. */
  const pausedUntil = new Map<string, number>()
  const counts = { sent: 0, alreadyDone: 0, failed: 0 }

  /** Whether it is under way then. */
  async function start(intent: DisputeIntent, now: bigint): Promise<boolean> {
    const { call, key: aim, deadline } = intent
    const encoded = encodeDisputeCall(contracts, call)
    const nowMs = clock.nowMs()
    const deadlineMs = deadline === undefined ? undefined : nowMs + Number(deadline - now) * 1_000
    // Another calldata is another transaction: after a reorganisation the right move may be another.
    const content = keccak256Hex(hexToBytes(encoded.data)).slice(2, 10)
    const attempt = nextAttempt(ports.intents, `${aim}:${content}`, settings.pollMs, deadlineMs)
    if (nowMs < attempt.notBeforeMs) {
      pausedUntil.set(aim, attempt.notBeforeMs)
      return false
    }
    const revert = await simulateDisputeCall(l1, tx.address, call.kind, encoded)
    if (revert !== undefined) {
      if (revert.meaning === 'done') {
        alreadyDone(call, aim)
        return false
      }
      const level = revert.meaning === 'refused' || revert.meaning === 'too-late' ? 'error' : 'debug'
      logger[level]({ err: revert, key: aim, reason: intent.reason }, 'a call would revert')
      if (level === 'error') fail(call, aim, revert)
      return false
    }
    logger.info({ key: attempt.key, deadline, stakeWei: intent.stakeWei, ...intent.reason }, `sending ${call.kind}`)
    onEvent?.({ kind: 'sending', intent })
    underWay.set(aim, { intent, attempt: attempt.key })
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
    return true
  }

  async function tryToStart(intent: DisputeIntent, now: bigint): Promise<boolean> {
    try {
      return await start(intent, now)
    } catch (error) {
      // One call that cannot be simulated, as for lack of funds, must not hold up the others.
      fail(intent.call, intent.key, error)
      return false
    }
  }

  function room(): number {
    const heldBack = tx.heldBack()
    const onTheirWay = [...underWay.values()].filter(({ attempt }) => !heldBack.has(attempt))
    return Math.max(0, settings.maxInFlight - onTheirWay.length)
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

  /** Whether it is a move that pauses. A call that is computed costs nothing: its own calldata tells. */
  function pauses(due: DueCall): boolean {
    return !('call' in due) && clock.nowMs() < (pausedUntil.get(due.key) ?? 0)
  }

  function forgetAllBut(wanted: ReadonlySet<string>): void {
    for (const known of [firstSeen, pausedUntil]) {
      for (const key of known.keys()) if (!wanted.has(key)) known.delete(key)
    }
  }

  return {
    dispatch: async (calls, now) => {
      forgetAllBut(new Set(calls.map(({ key }) => key)))
      const refused: RefusedMove[] = []
      let rest: readonly DueCall[] = calls.filter((call) => !underWay.has(call.key) && !waits(call) && !pauses(call))
      for (let free = room(); free > 0 && rest.length > 0; ) {
        const made = await makeDue(rest, free)
        rest = made.rest
        refused.push(...made.refused)
        const started = await mapLimited(made.intents, PARALLEL, (intent) => tryToStart(intent, now))
        free -= started.filter((isUnderWay) => isUnderWay).length
      }
      return refused
    },
    room,
    inFlight: () => [...underWay.keys()],
    stakeInFlightWei: () => [...underWay.values()].reduce((sum, { intent }) => sum + intent.stakeWei, 0n),
    counts: () => ({ ...counts }),
  }
}
