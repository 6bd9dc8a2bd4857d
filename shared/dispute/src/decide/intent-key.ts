import type { DisputeCall } from '@crema/l1'

/** Name of a call's effect. `depth`: of a reveal. */
export function intentKey(call: DisputeCall, depth = 0): string {
  switch (call.kind) {
    case 'rival':
      return `rival:${call.expectedId}:${call.traceRoot}`
    case 'commit':
      return `commit:${call.assertionId}:${call.traceRoot}`
    case 'startDuel':
    case 'prove':
    case 'timeout':
    case 'collect':
      return `${call.kind}:${call.older}:${call.newer}`
    case 'reveal':
      return `reveal:${call.older}:${call.newer}:${depth}`
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
export function byDeadline(
  a: { readonly deadline: bigint | undefined; readonly call: DisputeCall },
  b: { readonly deadline: bigint | undefined; readonly call: DisputeCall },
): number {
  if (a.deadline !== b.deadline) {
    if (a.deadline === undefined) return 1
    if (b.deadline === undefined) return -1
    return a.deadline < b.deadline ? -1 : 1
  }
  return order.indexOf(a.call.kind) - order.indexOf(b.call.kind)
}
