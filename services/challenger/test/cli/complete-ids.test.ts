import type { Hash } from '@crema/protocol'
import { expect, it } from 'vitest'
import { completeId } from '../../src/cli/complete-ids.ts'
import { CliError } from '../../src/cli/errors.ts'

const id = (beginning: string): Hash => `0x${beginning.padEnd(64, '0')}`
const ids = [id('aabbccdd1'), id('aabbccdd2'), id('12345678'), id('12345678')]

it('takes the one id that begins so, in either case', () => {
  expect(completeId('0xAABBCCDD1', 'assertion', ids)).toBe(ids[0])
})

it('takes an id that is there twice for one', () => {
  expect(completeId('0x12345678', 'commitment', ids)).toBe(ids[2])
})

it.each([
  ['0xaabbccdd', 'cli.usage', /2 assertions begin with 0xaabbccdd/],
  ['0xffffffff', 'cli.not-found', /no such assertion/],
])('refuses %s with %s', (beginning, code, message) => {
  const complete = () => completeId(beginning, 'assertion', ids)
  expect(complete).toThrow(CliError)
  expect(complete).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }))
})
