import { expect, it } from 'vitest'
import { toJson, toText } from '../../src/cli/format.ts'

it('writes a list as a table with a column for each field', () => {
  expect(
    toText([
      { id: '0xab', wei: 10n },
      { id: '0x1', left: 3 },
    ]),
  ).toBe('id    wei  left\n0xab  10   -\n0x1   -    3')
  expect(toText([])).toBe('none')
})

it('writes a record line by line, with what is inside of it below', () => {
  const record = { id: 1n, none: undefined, list: [1, 2], empty: [], inner: { deep: true }, rows: [{ a: 1 }, { a: 2 }] }
  expect(toText(record)).toBe('id: 1\nlist: 1, 2\nempty: none\ninner\n  deep: true\nrows 1\n  a: 1\nrows 2\n  a: 2')
})

it('writes integers of any size exactly', () => {
  expect(JSON.parse(toJson({ wei: 2n ** 200n }))).toEqual({ wei: (2n ** 200n).toString() })
})
