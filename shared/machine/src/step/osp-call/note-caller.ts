import { frameWords, stackHash } from '../../commit/frame-words.ts'
import { memoryRoot } from '../../commit/memory-tree.ts'
import { packedWord } from '../../commit/packed.ts'
import { type Machine, status } from '../../state/machine.ts'
import { note, type Witness } from '../../state/witness.ts'

/** Notes the frame that runs again, as it was suspended: F's words ‖ packed ‖ stackHash ‖ memRoot. */
export function noteCaller(w: Witness, m: Machine): undefined {
  const { committer } = w
  note(w, frameWords(committer, m))
  note(w, packedWord(m.f, status.running))
  note(w, stackHash(committer, m.f))
  note(w, memoryRoot(committer, m.f))
}
