import { logWords } from '../../commit/log-leaf.ts'
import { logsOf } from '../../commit/tx-words.ts'
import { BYTES_DEPTH } from '../../commit/word-tree.ts'
import type { Machine } from '../../state/machine.ts'
import { note, noteRange, type Witness } from '../../state/witness.ts'

/** Notes leaf `index` of the tree of the transaction's logs, which is 0 behind the last, and its proof. */
export function noteLogLeaf(w: Witness, { t }: Machine, index: number): undefined {
  const { committer } = w
  logsOf(committer, t)
  noteRange(w, committer.logs.get(t.logs)!.tree, BYTES_DEPTH, index, 1)
}

/** Notes leaf `index` of the logs' tree, then the words of that log. */
export function noteLog(w: Witness, m: Machine, index: number): undefined {
  noteLogLeaf(w, m, index)
  note(w, logWords(m.t.logs[index]!))
}
