import { keccak256 } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { hasherHash, hasherWords } from '../../src/commit/hasher.ts'
import { absorb, copySponge, createSponge, finish } from '../../src/commit/sponge.ts'
import { randomBytes, randomSource } from '../trie/support.ts'

describe('sponge', () => {
  it('gives keccak256 for every length and any split', () => {
    const random = randomSource(5)
    for (let length = 0; length <= 600; length++) {
      const message = randomBytes(random, length)
      const expected = keccak256(message)
      const whole = createSponge()
      absorb(whole, message)
      expect(finish(whole)).toEqual(expected)
      const parts = createSponge()
      for (let at = 0; at < length; ) {
        const size = Math.min(length - at, random() % 300)
        absorb(parts, message.subarray(at, at + size))
        at += size
      }
      expect(finish(parts)).toEqual(expected)
      expect(hasherWords(parts)).toEqual(hasherWords(whole))
    }
  })

  it('can be finished and copied on the way', () => {
    const message = randomBytes(randomSource(6), 500)
    const sponge = createSponge()
    absorb(sponge, message.subarray(0, 300))
    const copy = copySponge(sponge)
    expect(finish(sponge)).toEqual(keccak256(message.subarray(0, 300)))
    absorb(sponge, message.subarray(300))
    expect(finish(sponge)).toEqual(keccak256(message))
    expect(finish(copy)).toEqual(keccak256(message.subarray(0, 300)))
  })

  it('keeps what waits below a block, zero behind it', () => {
    const sponge = createSponge()
    absorb(sponge, new Uint8Array(136 + 33).fill(7))
    const words = hasherWords(sponge)
    expect(words).toHaveLength(31 * 32)
    expect(words[25 * 32 + 31]).toBe(33)
    expect(words.subarray(26 * 32, 26 * 32 + 33)).toEqual(new Uint8Array(33).fill(7))
    expect(words.subarray(26 * 32 + 33)).toEqual(new Uint8Array(5 * 32 - 33))
    const before = hasherHash(sponge)
    absorb(sponge, Uint8Array.of(0))
    expect(hasherHash(sponge)).not.toEqual(before)
  })
})
