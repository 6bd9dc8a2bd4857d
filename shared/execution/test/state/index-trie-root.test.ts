import { bytesToHex } from '@crema/protocol'
import { createMPT } from '@ethereumjs/mpt'
import { RLP } from '@ethereumjs/rlp'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { indexTrieRoot } from '../../src/index.ts'

async function reference(values: readonly Uint8Array[]): Promise<string> {
  const trie = await createMPT()
  for (const [i, value] of values.entries()) await trie.put(RLP.encode(i), value)
  return bytesToHex(trie.root())
}

it('equals the library trie for any number and size of values', async () => {
  const value = fc.uint8Array({ minLength: 1, maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(fc.array(value, { maxLength: 40 }), async (values) => {
      expect(indexTrieRoot(values)).toBe(await reference(values))
    }),
    { numRuns: 60 },
  )
  for (const count of [127, 128, 129, 255, 256, 257, 700]) {
    const values = Array.from({ length: count }, (_, i) => new Uint8Array(3 + (i % 50)).fill(i))
    expect(indexTrieRoot(values)).toBe(await reference(values))
  }
})
