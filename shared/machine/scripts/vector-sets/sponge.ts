import { bytesToHex } from '@crema/protocol'
import { columns, noise, type Vectors } from '../../../protocol/scripts/vector-sets/columns.ts'
import { hasherHash, hasherWords } from '../../src/commit/hasher.ts'
import { absorb, createSponge, finish } from '../../src/commit/sponge.ts'

/**
 * Messages taken in as two parts, the first of `split` bytes: the hasher's 31 words and hash after each, and keccak256 of the whole.
 */
export function spongeVectors(): Vectors {
  const rows = [0, 1, 31, 32, 55, 135, 136, 137, 271, 272, 273, 600, 4352, 4353].flatMap((length) => {
    const message = noise(`sponge ${length}`, length)
    const splits = new Set([0, 1, length >> 1, 135, 136, 137, length])
    return [...splits]
      .filter((split) => split <= length)
      .map((split) => {
        const sponge = createSponge()
        absorb(sponge, message.subarray(0, split))
        const [words, hash] = [bytesToHex(hasherWords(sponge)), bytesToHex(hasherHash(sponge))]
        absorb(sponge, message.subarray(split))
        return {
          name: `${length} bytes, first ${split}`,
          message: bytesToHex(message),
          split,
          words,
          hash,
          wordsAfter: bytesToHex(hasherWords(sponge)),
          hashAfter: bytesToHex(hasherHash(sponge)),
          digest: bytesToHex(finish(sponge)),
        }
      })
  })
  return columns(rows)
}
