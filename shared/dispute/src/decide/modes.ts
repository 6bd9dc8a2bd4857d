import type { DisputeCallKind } from '@crema/l1'

/**
 * What an agent may do, each mode all that the ones before it may.
 * - `watch`: nothing; it tells what it would.
 * - `defend`: back a right assertion that is rivalled with a trace and play its duels; take back what is its own.
 * - `resolve`: settle, reopen, and clean up after disputes, whosever they are.
 * - `full`: put a rival beside a wrong assertion.
 */
export const modes = ['watch', 'defend', 'resolve', 'full'] as const
export type Mode = (typeof modes)[number]

const leastMode: Readonly<Record<DisputeCallKind, Mode>> = {
  commit: 'defend',
  startDuel: 'defend',
  reveal: 'defend',
  prove: 'defend',
  timeout: 'defend',
  collect: 'defend',
  collectJoin: 'defend',
  release: 'defend',
  claim: 'defend',
  settle: 'resolve',
  reopen: 'resolve',
  markOrphan: 'resolve',
  resolve: 'resolve',
  rival: 'full',
}

/** Whether `mode` may send calls of this kind. */
export function mayDo(mode: Mode, kind: DisputeCallKind): boolean {
  return modes.indexOf(mode) >= modes.indexOf(leastMode[kind])
}
