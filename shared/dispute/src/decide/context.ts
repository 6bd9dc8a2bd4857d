import { commitmentId, type DisputeCall, type DisputeCommitment, type DisputedAssertion } from '@crema/l1'
import { bytesToHex, type Hash, stateHash } from '@crema/protocol'
import type { Doubt, RightChild } from '../own/own-child.ts'
import type { OwnTrace } from '../own/own-trace.ts'
import { intentKey } from './intent-key.ts'
import { missingAssertions } from './missing-assertions.ts'
import { mayDo } from './modes.ts'
import type { Alert, DecideInput, DisputeIntent, DuelReport, Evidence, WantedMove } from './types.ts'

/** What the rules of a decision share: what is known, and where they write. */
export interface DecideContext extends DecideInput {
  /** L1 time, seconds. */
  readonly now: bigint
  /** Whether the dispute is of the parent's current epoch, undecided. */
  readonly isOpen: boolean
  /** Assertions of this dispute whose events were not read. */
  readonly missing: readonly Hash[]
  readonly right: RightChild | undefined
  /** Why nothing may be staked: the right child cannot be told, or is in doubt. */
  readonly doubt: Doubt | undefined
  /** The right child as L1 has it. */
  readonly rightAssertion: DisputedAssertion | undefined
  /** The own trace, if it leads to the right child's end. */
  readonly rightTrace: OwnTrace | undefined
  readonly rightCommitmentId: Hash | undefined
  readonly rightCommitment: DisputeCommitment | undefined
  readonly intents: DisputeIntent[]
  readonly moves: WantedMove[]
  readonly alerts: Alert[]
  readonly duels: DuelReport[]
}

/** Derives what the rules share. The right child counts only in the epoch that it was told for. */
export function contextOf(input: DecideInput): DecideContext {
  const { state, own } = input
  const { parent, reopenEpoch } = state
  const isOpen =
    reopenEpoch === parent.currentEpoch &&
    (parent.fate === 'confirmed' || parent.fate === 'pending') &&
    state.assertions.every(({ fate }) => fate === 'pending')
  const right = isOpen && own.isKnown && own.parentId === state.parentId ? own : undefined
  const rightTrace = right === undefined || !leadsTo(input.trace, right) ? undefined : input.trace
  const rightCommitmentId =
    right === undefined || rightTrace === undefined ? undefined : commitmentId(right.id, bytesToHex(rightTrace.root))
  return {
    ...input,
    now: state.block.timestamp,
    isOpen,
    missing: missingAssertions(state),
    right,
    doubt: own.isKnown ? own.doubt : own,
    rightTrace,
    rightCommitmentId,
    rightAssertion: state.assertions.find(({ id }) => id === right?.id),
    rightCommitment: state.commitments.find(({ id }) => id === rightCommitmentId),
    intents: [],
    moves: [],
    alerts: [],
    duels: [],
  }
}

/** Whether a trace ends in the child's end. */
export function leadsTo(trace: OwnTrace | undefined, right: RightChild): boolean {
  return trace !== undefined && bytesToHex(trace.endState) === stateHash(right.end)
}

/** Adds a call, or tells that the mode forbids it. */
export function want(
  context: DecideContext,
  call: DisputeCall,
  reason: Evidence,
  { deadline, stakeWei = 0n }: { deadline?: bigint; stakeWei?: bigint } = {},
): void {
  const key = intentKey(call)
  if (mayDo(context.mode, call.kind)) {
    context.intents.push({ call, key, deadline, stakeWei, reason })
    return
  }
  forbid(context, { kind: call.kind, key, deadline, reason })
}

/** Adds a move to compute when there is room for it, or tells that the mode forbids it. */
export function wantMove(context: DecideContext, move: WantedMove): void {
  if (mayDo(context.mode, move.kind)) context.moves.push(move)
  else forbid(context, move)
}

function forbid(
  context: DecideContext,
  { kind, key, deadline, reason }: Pick<DisputeIntent, 'key' | 'deadline' | 'reason'> & { kind: DisputeCall['kind'] },
): void {
  const isUrgent = deadline !== undefined
  const details = { mode: context.mode, kind, deadline, ...reason }
  context.alerts.push({ code: 'limit', severity: isUrgent ? 'warning' : 'info', about: key, details })
}

export function alert(
  context: DecideContext,
  code: Alert['code'],
  severity: Alert['severity'],
  about: string,
  details: Readonly<Record<string, unknown>> = {},
): void {
  context.alerts.push({ code, severity, about, details })
}
