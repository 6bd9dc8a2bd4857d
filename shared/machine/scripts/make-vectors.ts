// Writes the vectors that vitest and forge both read: node shared/machine/scripts/make-vectors.ts
import { mkdirSync, writeFileSync } from 'node:fs'
import { vectorText } from '../../protocol/scripts/vector-sets/index.ts'
import { makeVectors } from './vector-sets/index.ts'

const directory = new URL('../vectors/', import.meta.url)
mkdirSync(directory, { recursive: true })
for (const [name, vectors] of Object.entries(makeVectors()))
  writeFileSync(new URL(name, directory), vectorText(vectors))
