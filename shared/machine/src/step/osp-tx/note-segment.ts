import { encodeWords } from '../../commit/encode-words.ts'
import { MachineError } from '../../state/errors.ts'
import type { Evidence, Machine } from '../../state/machine.ts'
import { note, noteHashed, noteString, type Witness } from '../../state/witness.ts'

/** Notes the bytes of entry X.i, of one that is too large only length and hash; then its siblings. */
export function noteEntry(w: Witness, m: Machine): undefined {
  const { source } = m.x
  if (source.length <= m.rules.maxTransactionSize) noteString(w, source)
  else noteHashed(w, source)
  note(w, evidenceOf(m).entrySiblings(m.x.i))
}

/** Notes deposit X.i: from, to, isCreation, mint, value, gasLimit; its data; then its siblings. */
export function noteDeposit(w: Witness, m: Machine): undefined {
  const { from, to, mint, value, gasLimit, data } = m.context!.input.deposits[m.x.i]!
  note(w, encodeWords([BigInt(from), BigInt(to ?? 0), to === undefined, mint, value, gasLimit]))
  noteString(w, data)
  note(w, evidenceOf(m).depositSiblings[m.x.i]!)
}

/** Notes what a block begins with: the parent's header, the words of the leaf, its siblings. */
export function noteBlock(w: Witness, m: Machine): undefined {
  const { parentHeader, leaf, leafSiblings } = evidenceOf(m)
  noteString(w, parentHeader)
  note(w, leaf)
  note(w, leafSiblings)
}

function evidenceOf({ evidence }: Machine): Evidence {
  if (evidence === undefined)
    throw new MachineError('NO_EVIDENCE', 'a step of this block cannot be proven without its evidence')
  return evidence
}
