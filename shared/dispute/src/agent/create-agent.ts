import {
  type AccountStakes,
  createDisputeBook,
  type DisputeBook,
  type DisputeCommitment,
  type DisputeState,
  mapLimited,
  readDisputes,
  readUnannouncedChildren,
  tipsOf,
  type UnannouncedChild,
} from '@crema/l1'
import { CremaError, type Hash } from '@crema/protocol'
import { sleep } from '@crema/service-kit'
import { atRiskWei, decideAccount, withinLimits } from '../decide/account.ts'
import { decideStates } from '../decide/decide.ts'
import { byDeadline } from '../decide/intent-key.ts'
import { missingAssertions } from '../decide/missing-assertions.ts'
import type { Alert, Decision, DueCall } from '../decide/types.ts'
import type { RefusedMove } from './make-due.ts'
import { createOwnBonds } from './own-bonds.ts'
import { createRightChildren } from './right-children.ts'
import { createSender } from './sender.ts'
import { createToldAlerts, type FoundAlert, isGap, nameOf } from './told-alerts.ts'
import { createTraceDesk, type TraceLoad } from './trace-desk.ts'
import type { DisputeAgent, DisputeAgentPorts, DisputeAgentStatus } from './types.ts'

/** Looks for which an unrivalled right child is not looked at again, unless events say otherwise. */
const QUIET_LOOKS = 16
/** Parents judged at a time. */
const PARALLEL = 4
/** Looks with missing events after which everything is read again. */
const GAP_LOOKS = 3

interface Dispute {
  readonly state: DisputeState
  readonly decision: Decision
}

/**
 * Creates an agent that plays every dispute of a rollup, all duels at once. It acts on what L1 holds and on what this node derived itself, and keeps nothing that it
 * could not rebuild from them: a restart, a crash between any two steps or another agent with the same key loses nothing.
 */
export function createDisputeAgent(ports: DisputeAgentPorts): DisputeAgent {
  const { l1, contracts, fromBlock, tx, clock, logger, settings, onEvent } = ports
  const ranges = settings.rangeBlocks === undefined ? {} : { rangeBlocks: settings.rangeBlocks }
  const newBook = (): DisputeBook => createDisputeBook(l1, { contracts, fromBlock, ...ranges })
  const desk = createTraceDesk({ ...ports, retryMs: settings.pollMs * 4 })
  const sender = createSender(ports)
  const children = createRightChildren(ports.children)
  const bonds = createOwnBonds({ l1, contracts, fromBlock, owner: tx.address, ...ranges })
  let book = newBook()
  let unannounced: readonly UnannouncedChild[] = []
  let looks = 0
  let gaps = 0
  let disputes: readonly Dispute[] = []
  let traceLoad: TraceLoad = { count: 0, seconds: 0, late: undefined }
  let stakes: AccountStakes = { credit: 0n, bonds: [] }
  const quiet = new Map<Hash, { readonly children: number; readonly until: number }>()
  /** Right commitments, by dispute, until nothing is left to do about it. */
  const played = new Map<Hash, Hash>()
  const told = createToldAlerts(ports)
  let lastLookAt: number | undefined
  let lastError: string | undefined
  let signalOfRun: AbortSignal | undefined

  /** Parents worth reading: those without news whose only child is right are left for a while. */
  function dueParents(): Hash[] {
    return book.parents().filter((parentId) => {
      const pause = quiet.get(parentId)
      return pause === undefined || looks >= pause.until || book.childrenOf(parentId).length !== pause.children
    })
  }

  /** First children that no event told of: below an assertion without one that was announced nothing else says that there is a dispute. */
  async function readUnannounced(): Promise<readonly UnannouncedChild[]> {
    const knows = (id: Hash): boolean => book.assertion(id) !== undefined
    const tips = tipsOf(book.assertions(), looks, unannounced)
    try {
      return await readUnannouncedChildren(l1, { contracts, readTo: book.readTo(), tips, knows })
    } catch (error) {
      logger.warn({ err: error }, 'whether events are missing cannot be told now')
      return unannounced
    }
  }

  async function judge(state: DisputeState): Promise<Dispute> {
    const own = isOpen(state)
      ? await children.of(state)
      : ({ isKnown: false, why: 'the children are decided' } as const)
    const traceFailure = own.isKnown ? desk.failure(own) : undefined
    const decision = decideStates({
      state,
      own,
      trace: own.isKnown ? desk.get(own) : undefined,
      ...(traceFailure === undefined ? {} : { traceFailure }),
      account: { address: tx.address, stakes },
      mode: settings.mode,
      limits: settings.limits,
      ...(ports.defends === undefined ? {} : { defends: ports.defends }),
    })
    if (own.isKnown) desk.request(own, decision.traceBy, signalOfRun)
    return { state, decision }
  }

  /** What was not looked at keeps its right child, and with it the trace. */
  function forgetDecided(states: readonly DisputeState[], lookedAt: ReadonlySet<Hash>): void {
    const open = new Set(states.filter(isOpen).map(({ id }) => id))
    const parents = new Set(book.parents())
    children.keepOnly((id, parentId) => open.has(id) || (!lookedAt.has(parentId) && parents.has(parentId)))
  }

  /** Of many duels only those of the own side are read. */
  function isPlayed({ id, staker }: DisputeCommitment): boolean {
    return staker.toLowerCase() === tx.address.toLowerCase() || [...played.values()].includes(id)
  }

  function rest({ state, decision }: Dispute): void {
    const { parentId, parent } = state
    if (decision.isFinished) played.delete(state.id)
    if (decision.isFinished && state.reopenEpoch === parent.currentEpoch && parent.firstChildAt !== 0n) {
      if (disputes.every((other) => other.state.parentId !== parentId || other.decision.isFinished))
        book.forget(parentId)
      return
    }
    const isAgreed = decision.rightId !== undefined && decision.rightId === parent.firstChildId
    if (isAgreed && parent.firstRivalAt === 0n && !decision.alerts.some(isGap)) {
      quiet.set(parentId, { children: book.childrenOf(parentId).length, until: looks + QUIET_LOOKS })
    } else quiet.delete(parentId)
  }

  async function look(): Promise<void> {
    looks++
    await Promise.all([book.refresh(), bonds.refresh()])
    unannounced = await readUnannounced()
    const due = [...new Set([...dueParents(), ...unannounced.map(({ parentId }) => parentId)])]
    const failed = new Map<Hash, unknown>()
    const onFailure = (parentId: Hash, error: unknown) => void failed.set(parentId, error)
    const states = await readDisputes(l1, { contracts, book, parentIds: due, focus: isPlayed, onFailure })
    stakes = await bonds.read({ assertions: [...book.assertions(), ...unannounced], states })
    const looked = await mapLimited(states, PARALLEL, judge)
    forgetDecided(states, new Set(due.filter((parentId) => !failed.has(parentId))))
    for (const { state, decision } of looked) {
      if (decision.rightCommitment !== undefined) played.set(state.id, decision.rightCommitment)
    }
    // What was known of a parent that cannot be read now still tells how much time is left.
    disputes = [...looked, ...disputes.filter(({ state }) => failed.has(state.parentId))]
    desk.keepOnly(new Set(children.known().map(({ id }) => id)))
    for (const dispute of looked) rest(dispute)
    const now = looked[0]?.state.block.timestamp ?? BigInt(Math.floor(clock.nowMs() / 1_000))
    // A network's assertions are bounded so that a trace takes at most an eighth of the challenge period.
    traceLoad = desk.load(now, Number(looked[0]?.state.contracts.challengePeriod ?? 0n) / 8)
    const { taken, held } = choose(looked)
    const refused = await sender.dispatch(taken, now)
    tellAlerts(disputes, held, refused)
    readAgainAfterGaps(looked, refused)
    for (const [parentId, error] of failed) tellFailure(parentId, error)
    lastLookAt = clock.nowMs()
    if (failed.size === 0) lastError = undefined
    for (const progress of ports.traces.progress()) onEvent?.({ kind: 'trace-progress', progress })
    onEvent?.({ kind: 'look', status: status() })
  }

  function tellFailure(parentId: Hash, error: unknown): void {
    lastError = error instanceof Error ? error.message : String(error)
    logger.warn({ err: error, parentId }, 'a dispute cannot be read now; the others go on')
    onEvent?.({ kind: 'look-failed', error })
  }

  /** A source that leaves events out for good may have lost only some of its answers: once in a while everything is read again. */
  function readAgainAfterGaps(looked: readonly Dispute[], refused: readonly RefusedMove[]): void {
    const alerts = [...looked.flatMap(({ decision }) => decision.alerts), ...refused.map(({ alert }) => alert)]
    const hasGap = alerts.some(isGap)
    gaps = hasGap ? gaps + 1 : 0
    if (gaps < GAP_LOOKS) return
    gaps = 0
    book = newBook()
    bonds.readAgain()
    logger.warn({}, 'events are missing; reading all of them again')
  }

  /** All that is due, by deadlines, under the bound on what is at risk. */
  function choose(looked: readonly Dispute[]): ReturnType<typeof withinLimits<DueCall>> {
    const account = { address: tx.address, stakes, ...settings }
    const decided = looked.flatMap(({ decision }) => [...decision.intents, ...decision.moves])
    const due = [...decided, ...decideAccount(account)].sort(byDeadline)
    // What is under way has its stake counted already.
    const underWay = new Set(sender.inFlight())
    const wanted = unique(due).filter(({ key }) => !underWay.has(key))
    return withinLimits(wanted, settings.limits, atRiskWei(stakes) + sender.stakeInFlightWei())
  }

  function tellAlerts(looked: readonly Dispute[], held: readonly DueCall[], refused: readonly RefusedMove[]): void {
    const { maxAtRiskWei } = settings.limits
    const found: FoundAlert[] = [
      ...looked.flatMap(({ decision }) => decision.alerts.map((alert) => ({ alert, decision }))),
      ...refused.map(({ move, alert }) => ({
        alert,
        decision: looked.find(({ decision }) => decision.moves.includes(move))?.decision,
      })),
      ...held.map(({ key, reason, stakeWei }) => {
        const details = { stakeWei, maxAtRiskWei, ...reason }
        const alert: Alert = { code: 'limit', severity: 'critical', about: key, details }
        return { alert, decision: undefined }
      }),
      ...[...tracesLate(), ...(ports.alerts?.() ?? [])].map((alert) => ({ alert, decision: undefined })),
    ]
    told.update(found, untried(looked))
  }

  /** Alerts about moves that there was no room to try again: they stand. */
  function untried(looked: readonly Dispute[]): string[] {
    const underWay = new Set(sender.inFlight())
    if (sender.room() > 0) return []
    const moves = looked.flatMap(({ decision }) => decision.moves)
    return moves.flatMap(({ key, duelId }) => (underWay.has(key) ? [] : [nameOf({ code: 'no-move', about: duelId })]))
  }

  function tracesLate(): Alert[] {
    const { count, seconds, late } = traceLoad
    if (late === undefined) return []
    return [{ code: 'traces-late', severity: 'warning', about: 'traces', details: { count, seconds, late } }]
  }

  function status(): DisputeAgentStatus {
    const now = disputes.reduce((latest, { state: { block } }) => {
      return block.timestamp > latest ? block.timestamp : latest
    }, 0n)
    const running = disputes.flatMap(({ decision }) =>
      decision.duels.flatMap((duel) => {
        const isOurs = duel.state.kind === 'toStart' || duel.state.kind === 'toReveal' || duel.state.kind === 'toProve'
        return isOurs && 'deadline' in duel.state ? [duel.state.deadline - now] : []
      }),
    )
    return {
      mode: settings.mode,
      address: tx.address,
      lastLookAt,
      lastError,
      l1Block: disputes[0]?.state.block.number,
      readToL1Block: book.readTo(),
      atRiskWei: atRiskWei(stakes),
      creditWei: stakes.credit,
      disputes: disputes.flatMap(({ state, decision }) => {
        const isQuiet =
          state.parent.firstRivalAt === 0n && state.assertions.length === 1 && decision.alerts.length === 0
        return isQuiet ? [] : [decision]
      }),
      alerts: told.all(),
      inFlight: sender.inFlight(),
      traces: ports.traces.progress(),
      traceQueue: traceLoad,
      counts: sender.counts(),
      leastClockSeconds: running.reduce<bigint | undefined>(
        (least, left) => (least === undefined || left < least ? left : least),
        undefined,
      ),
    }
  }

  return {
    status,
    states: () => disputes.map(({ state }) => state),
    explain: (assertionId) => disputes.find(({ state }) => state.assertions.some(({ id }) => id === assertionId)),
    look,
    run: async (signal) => {
      signalOfRun = signal
      while (!signal.aborted) {
        try {
          await look()
        } catch (error) {
          if (signal.aborted) return
          lastError = error instanceof Error ? error.message : String(error)
          const isExpected = error instanceof CremaError && error.retryable
          logger[isExpected ? 'warn' : 'error']({ err: error }, 'looking at the disputes failed')
          onEvent?.({ kind: 'look-failed', error })
        }
        await sleep(settings.pollMs, signal).catch(() => {})
      }
    },
  }
}

/** Whether something is left to decide about the children, or may be about one that was not read. */
function isOpen(state: DisputeState): boolean {
  const { reopenEpoch, parent, assertions } = state
  if (reopenEpoch !== parent.currentEpoch) return false
  return assertions.some(({ fate }) => fate === 'pending') || missingAssertions(state).length > 0
}

function unique(calls: readonly DueCall[]): DueCall[] {
  return [...new Map(calls.map((call) => [call.key, call])).values()]
}
