import type { MachineLog } from '../state/machine.ts'
import { logLeaf } from './log-leaf.ts'
import { logSize } from './log-size.ts'
import { BYTES_DEPTH, setLeaf, type WordTree, wordTreeRoot, writeWords } from './word-tree.ts'

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

/** A tree without logs. */
export function createLogsTree(): LogsTree {
  return { logs: [], totals: [{ size: 0, root: wordTreeRoot(undefined) }], tree: undefined }
}

/** What the first `count` of `logs` come to. `known` is brought to hold `logs`. */
export function logsTotal(known: LogsTree, logs: readonly MachineLog[], count: number = logs.length): LogsTotal {
  let same = Math.min(known.logs.length, logs.length)
  while (same > 0 && known.logs[same - 1] !== logs[same - 1]) same--
  if (same < known.logs.length) {
    known.tree = writeWords(known.tree, BYTES_DEPTH, same, new Uint8Array(32 * (known.logs.length - same)))
    known.logs.length = same
    known.totals.length = same + 1
  }
  for (let i = same; i < logs.length; i++) {
    known.tree = setLeaf(known.tree, BYTES_DEPTH, i, logLeaf(logs[i]!))
    known.logs.push(logs[i]!)
    known.totals.push({ size: known.totals[i]!.size + logSize(logs[i]!), root: wordTreeRoot(known.tree) })
  }
  return known.totals[count]!
}
