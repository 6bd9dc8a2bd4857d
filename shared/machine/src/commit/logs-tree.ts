import type { MachineLog } from '../state/machine.ts'
import { logLeaf } from './log-leaf.ts'
import { logSize } from './log-size.ts'
import type { LogsTotal, LogsTree } from './memos.ts'
import { BYTES_DEPTH, setLeaf, wordTreeRoot, writeWords } from './word-tree.ts'

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
