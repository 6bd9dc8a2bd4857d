import type { Machine, MachineLog } from '../state/machine.ts'
import type { WordTree } from './word-tree.ts'

/** What the first logs of a transaction come to. */
export interface LogsTotal {
  /** Bytes of the logs' RLP items. */
  readonly size: number
  /** Root of the tree of depth 17 over their leaves. */
  readonly root: Uint8Array
}

/** A tree over logs that come and, when a frame is undone, go; what their first `n` come to stays known. */
export interface LogsTree {
  readonly logs: MachineLog[]
  readonly totals: LogsTotal[]
  tree: WordTree
}

/** The records of a block under way, and the union of their blooms. */
export interface RecordsTree {
  readonly of: Machine['records']
  count: number
  /** Depth 12; leaf i is that of the i-th executed transaction. */
  tree: WordTree
  /** 256 bytes. */
  readonly bloom: Uint8Array
}

/** Bloom of a transaction's first logs. */
export interface LogsBloom {
  readonly of: readonly MachineLog[]
  count: number
  /** 256 bytes. */
  readonly bloom: Uint8Array
}
