import { bytesToHex, encodeRlp, integerToRlp } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { emptyRoot, get, indexPath, indexTrie, indexTrieRoot, openTrie, proveGet, rootHash } from '../../src/index.ts'
import { libraryProof, libraryTrie, mapStore, proofStore, randomBytes, randomSource } from './support.ts'

describe('index tries', () => {
  it('have the root and the proofs of the library at every size', async () => {
    const random = randomSource(3)
    const sizes = [1, 2, 3, 16, 17, 127, 128, 129, 255, 256, 257, 400]
    const theirs = libraryTrie()
    const values: Uint8Array[] = []
    for (let size = 1; size <= 400; size++) {
      values.push(randomBytes(random, 1 + (random() % 130)))
      await theirs.put(encodeRlp(integerToRlp(size - 1)), values[size - 1]!)
      if (!sizes.includes(size)) continue
      expect(bytesToHex(indexTrieRoot(values))).toBe(bytesToHex(theirs.root()))
      const trie = indexTrie(values)
      for (const index of [0, size >> 1, size - 1]) {
        const proof = proveGet(mapStore(), trie, indexPath(index))
        expect(bytesToHex(proof)).toBe(bytesToHex(await libraryProof(theirs, encodeRlp(integerToRlp(index)))))
        expect(get(proofStore(proof), openTrie(rootHash(trie)), indexPath(index))).toEqual(values[index])
      }
      expect(get(mapStore(), trie, indexPath(size))).toBeUndefined()
    }
  })

  it('is the empty trie without values', () => {
    expect(indexTrieRoot([])).toEqual(emptyRoot)
  })
})
