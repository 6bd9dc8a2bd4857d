import { hasherWords } from '../../commit/hasher.ts'
import { absorb, createSponge } from '../../commit/sponge.ts'
import { note, type Witness } from '../../state/witness.ts'

/** Notes the words of the hasher that has taken in the first `length` bytes of `source`. */
export function noteHasher(w: Witness, source: Uint8Array, length: number): undefined {
  const sponge = createSponge()
  absorb(sponge, source.subarray(0, length))
  note(w, hasherWords(sponge))
}
