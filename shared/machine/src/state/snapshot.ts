import type { Trie } from '../trie/node.ts'
import type { Machine } from './machine.ts'

/** Addresses to delete at the end of the transaction, the latest first. */
export interface Destroyed {
  readonly address: bigint
  readonly next: Destroyed | undefined
}

/** What a failing frame goes back to. Tries are persistent: keeping a root keeps the state. */
export interface Snapshot {
  readonly state: Trie
  readonly scratch: Trie
  readonly refund: number
  readonly destroyed: Destroyed | undefined
  readonly logCount: number
}

/** The state now; `state` may be the world state of a moment before. */
export function takeSnapshot({ state: now, t }: Machine, state: Trie = now): Snapshot {
  return { state, scratch: t.scratch, refund: t.refund, destroyed: t.destroyed, logCount: t.logs.length }
}

/** Undoes all that was done since the snapshot. */
export function restoreSnapshot(m: Machine, { state, scratch, refund, destroyed, logCount }: Snapshot): void {
  m.state = state
  m.t.scratch = scratch
  m.t.refund = refund
  m.t.destroyed = destroyed
  m.t.logs.length = logCount
}
