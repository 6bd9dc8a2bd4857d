import type { DisputeCall } from '@crema/l1'
import type { Hash } from '@crema/protocol'
import type { DueCall, WantedMove } from './types.ts'

/** Name of a call's effect. `depth`: of a reveal. */
export function intentKey(call: DisputeCall, depth = 0): string {
  switch (call.kind) {
    case 'rival':
      return `rival:${call.expectedId}:${call.traceRoot}`
    case 'commit':
      return `commit:${call.assertionId}:${call.traceRoot}`
    case 'startDuel':
    case 'prove':
    case 'reveal':
      return moveKey(call.kind, call, depth)
    case 'timeout':
    case 'collect':
      return `${call.kind}:${call.older}:${call.newer}`
    case 'settle':
    case 'markOrphan':
      return `${call.kind}:${call.assertionId}`
    case 'reopen':
      return `reopen:${call.parentId}`
    case 'resolve':
    case 'collectJoin':
      return `${call.kind}:${call.commitmentId}`
    case 'release':
      return `release:${call.bondId}`
    case 'claim':
      return `claim:${call.to}`
    default:
      return call satisfies never
  }
}

/** Name of a move's effect, also before the move is computed. `depth`: of a reveal. */
export function moveKey(
  kind: WantedMove['kind'],
  { older, newer }: { readonly older: Hash; readonly newer: Hash },
  depth: number,
): string {
  return kind === 'reveal' ? `reveal:${older}:${newer}:${depth}` : `${kind}:${older}:${newer}`
}

/** Kind of a call, computed or not. */
export function kindOf(due: DueCall): DisputeCall['kind'] {
  return 'call' in due ? due.call.kind : due.kind
}

/** Calls without deadline: what others wait for first. */
const order: readonly DisputeCall['kind'][] = [
  'rival',
  'commit',
  'startDuel',
  'reveal',
  'prove',
  'timeout',
  'settle',
  'reopen',
  'resolve',
  'markOrphan',
  'collect',
  'collectJoin',
  'release',
  'claim',
]

/** Sorts by deadline, those without one last; then by kind. */
export function byDeadline(a: DueCall, b: DueCall): number {
  if (a.deadline !== b.deadline) {
    if (a.deadline === undefined) return 1
    if (b.deadline === undefined) return -1
    return a.deadline < b.deadline ? -1 : 1
  }
  return order.indexOf(kindOf(a)) - order.indexOf(kindOf(b))
}
