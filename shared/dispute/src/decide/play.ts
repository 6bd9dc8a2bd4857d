import { type DisputeCommitment, type DisputeDuel, OLDER } from '@crema/l1'
import { CremaError } from '@crema/protocol'
import { type DuelState, duelState, sideOf } from '../duel/duel-state.ts'
import { type NextMove, nextMove, placeOf } from '../duel/next-move.ts'
import { actionIn } from '../duel/transitions.ts'
import { alert, type DecideContext, want, wantMove } from './context.ts'
import { moveKey } from './intent-key.ts'
import type { Alert, DisputeIntent, WantedMove } from './types.ts'

/**
 * Plays every duel of the right commitment, whoever committed it: a move is authenticated by its preimages alone. While the right commitment is not known, for lack of
 * the trace or of the right child, it only reports the duels of those that this account staked.
 */
export function playDuels(context: DecideContext): void {
  const { state, rightCommitment, account } = context
  if (!context.isOpen) return
  const me = account.address.toLowerCase()
  const staked = state.commitments.filter(({ staker }) => staker.toLowerCase() === me)
  for (const ours of rightCommitment === undefined ? staked : [rightCommitment]) playDuelsOf(context, ours)
}

function playDuelsOf(context: DecideContext, ours: DisputeCommitment): void {
  const { state, rightCommitment, now } = context
  if (ours.wasEliminated) {
    alert(context, 'right-eliminated', 'critical', ours.id, { assertionId: ours.assertionId })
    return
  }
  const commitments = new Map(state.commitments.map((commitment) => [commitment.id, commitment]))
  for (const duel of state.duels) {
    if (duel.older !== ours.id && duel.newer !== ours.id) continue
    const theirs = commitments.get(duel.older === ours.id ? duel.newer : duel.older)
    if (theirs === undefined) continue
    const at = duelState({ duel, ours, theirs }, now)
    context.duels.push({ duelId: duel.id, older: duel.older, newer: duel.newer, state: at })
    if (ours === rightCommitment || actionIn(at) === 'alarm') act(context, duel, ours, at)
  }
}

function act(context: DecideContext, duel: DisputeDuel, ours: DisputeCommitment, at: DuelState): void {
  const action = actionIn(at)
  switch (action) {
    case 'nothing':
      break
    case 'startDuel':
    case 'reveal':
    case 'prove':
      if ('deadline' in at) move(context, duel, ours, action, at.deadline)
      break
    case 'timeout': {
      const evidence = { what: 'the other side did not move in time', duelId: duel.id, depth: duel.depth, state: at }
      want(context, { kind: 'timeout', older: duel.older, newer: duel.newer }, evidence)
      break
    }
    case 'alarm': {
      const code = at.kind === 'oursExpired' ? 'clock-expired' : 'no-move'
      alert(context, code, 'critical', duel.id, { state: at, depth: duel.depth })
      break
    }
    default:
      action satisfies never
  }
}

function move(
  context: DecideContext,
  duel: DisputeDuel,
  ours: DisputeCommitment,
  kind: WantedMove['kind'],
  deadline: bigint,
): void {
  const reason = {
    what: `our move at depth ${duel.depth}`,
    duelId: duel.id,
    side: duel.older === ours.id ? 'older' : 'newer',
  }
  const due = { key: moveKey(kind, duel, duel.depth), deadline, stakeWei: 0n }
  const make = (): DisputeIntent | Alert => {
    const next = tryMove(context, duel, ours)
    if (!next.isMove) {
      const details = { refusal: next.refusal, ...next.details }
      return { code: 'no-move', severity: 'critical', about: duel.id, details }
    }
    const place = next.call.kind === 'prove' ? placeOf(next.position) : {}
    return { ...due, call: next.call, reason: { ...reason, index: next.index, ...place } }
  }
  wantMove(context, { ...due, kind, reason, duelId: duel.id, make })
}

type TriedMove = NextMove | { readonly isMove: false; readonly refusal: 'trace-failed'; readonly details: object }

/** A trace that cannot be read is no reason to drop the other duels. */
function tryMove({ rightTrace }: DecideContext, duel: DisputeDuel, ours: DisputeCommitment): TriedMove {
  try {
    return nextMove(duel, rightTrace!, sideOf({ duel, ours }))
  } catch (error) {
    const code = error instanceof CremaError ? error.code : 'UNEXPECTED'
    const details = { code, message: error instanceof Error ? error.message : String(error) }
    return { isMove: false, refusal: 'trace-failed', details }
  }
}

/** Where no right commitment plays: the wrong ones eliminate each other by their clocks, so that the parent can be reopened. */
export function timeOutOthers(context: DecideContext): void {
  const { state, right, rightCommitment, now, isOpen } = context
  if (!isOpen || right === undefined || context.doubt !== undefined || rightCommitment?.status === 'alive') return
  const commitments = new Map(state.commitments.map((commitment) => [commitment.id, commitment]))
  for (const duel of state.duels) {
    const older = commitments.get(duel.older)
    const newer = commitments.get(duel.newer)
    if (older === undefined || newer === undefined) continue
    const at = duelState({ duel, ours: older, theirs: newer }, now)
    const loser = at.kind === 'theirsExpired' ? newer : at.kind === 'oursExpired' ? older : undefined
    if (loser === undefined || loser.assertionId === right.id) continue
    const side = loser === older ? OLDER : 1
    const evidence = { what: 'a side of a wrong assertion did not move in time', duelId: duel.id, side }
    want(context, { kind: 'timeout', older: duel.older, newer: duel.newer }, evidence)
  }
}
