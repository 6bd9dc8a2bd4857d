import type { AssertionChildren, StoredAssertion } from '@crema/l1'
import type { Hash } from '@crema/protocol'

/** An assertion on L1 that this node agrees with. */
export interface LineEntry {
  readonly id: Hash
  readonly stored: StoredAssertion
  /** Leaves that it could consume up to, and their root; undefined where the line begins. */
  readonly target?: { readonly count: bigint; readonly root: Hash }
}

/** The right assertions on L1, as far down as they go. */
export interface RightLine {
  readonly ok: true
  /** From the latest confirmed one to the tip, each the right child of the one before. */
  readonly entries: readonly LineEntry[]
  readonly tip: LineEntry
  /** What stands below the tip, none of it right. */
  readonly below: AssertionChildren
}

/** The line, or why this node does not build on it: `disagree` names a wrong assertion beside which the right one does not stand yet. */
export type Line =
  | RightLine
  | { readonly ok: false; readonly why: string }
  | { readonly ok: false; readonly disagreesWith: Hash; readonly number: bigint }

/** Finds the right line anew at each look. */
export interface RightLineReader {
  /** Throws `L1Error`. */
  look(): Promise<Line>
  /** Whether an assertion of `owner` stands on `id` or further down, as of the last look. */
  carries(owner: string, id: Hash): boolean
  /** Bonds behind the undecided assertions of `owner` that the last look found; one that rolled on counts once. */
  bondsOf(owner: string): ReadonlySet<Hash>
}
