import { readFileSync } from 'node:fs'
import { keccak256, toHex } from 'viem'
import { describe, expect, it } from 'vitest'
import { makeVectors, vectorText } from '../scripts/vector-sets/index.ts'
import { tags } from '../src/index.ts'

const directory = new URL('../vectors/', import.meta.url)

describe('vectors', () => {
  const made = makeVectors()

  it.each(Object.keys(made))('%s is what make-vectors.ts writes', (name) => {
    expect(readFileSync(new URL(name, directory), 'utf8') === vectorText(made[name]!)).toBe(true)
  })

  it('has tags that follow their definition', () => {
    for (const [name, tag] of Object.entries(tags)) expect(tag).toBe(keccak256(toHex(`crema.${name}.v1`)))
  })
})
