import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { groups } from '../dispute-faults/dispute-faults.ts'
import { faults } from './faults.ts'
import { type Change, changed } from './put-in.ts'

const sources = path.resolve(import.meta.dirname, '../../../../contracts/src')

describe('faults to be put into the contracts', () => {
  for (const [directory, changes] of [
    [path.join(sources, 'step'), faults],
    [sources, Object.values(groups).flat()],
  ] as const satisfies readonly (readonly [string, readonly Change[]])[]) {
    it.each(changes.map((change) => [`${change.file}: ${change.name}`, change] as const))('%s', (_, change) => {
      expect(changed(directory, change)).not.toBe(readFileSync(path.join(directory, change.file), 'utf8'))
    })
  }
})
