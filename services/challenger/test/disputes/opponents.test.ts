import type { DisputeState } from '@crema/l1'
import { expect, it } from 'vitest'
import { aliveOpponents, opponentsIn } from '../../src/disputes/opponents.ts'

const [right, wrong, other] = [`0x${'01'.repeat(32)}`, `0x${'02'.repeat(32)}`, `0x${'03'.repeat(32)}`] as const
type Status = DisputeState['commitments'][number]['status']

function stateOf(commitments: readonly (readonly [string, Status])[], fate = 'pending', currentEpoch = 0) {
  return {
    ...{ reopenEpoch: 0, parent: { currentEpoch } },
    assertions: [right, wrong, other].map((id) => ({ id, fate })),
    commitments: commitments.map(([assertionId, status], at) => ({ id: `${at}`, assertionId, status })),
  } as unknown as DisputeState
}
const all = [
  [right, 'alive'],
  [wrong, 'alive'],
  [wrong, 'alive'],
  [other, 'alive'],
  [other, 'eliminated'],
] as const

/** What an agent decided, as far as it is asked for. */
const decided = (rightId: string | undefined, change: { isBelowWrong?: boolean; rightCommitment?: string } = {}) =>
  ({ rightId, rightCommitment: undefined, isBelowWrong: false, ...change }) as never

it('counts who is alive on other children than the right one, all while that is unknown', () => {
  expect(opponentsIn(stateOf(all), decided(right))).toBe(3)
  expect(opponentsIn(stateOf(all), decided(undefined))).toBe(4)
  expect(opponentsIn(stateOf([]), decided(right))).toBe(0)
})

it('counts nobody in what is decided or reopened', () => {
  expect(opponentsIn(stateOf(all, 'confirmed'), decided(right))).toBe(0)
  expect(opponentsIn(stateOf(all, 'pending', 1), decided(right))).toBe(0)
})

it('counts nobody below a wrong assertion, unless a commitment stands there that is played', () => {
  expect(opponentsIn(stateOf(all), decided(undefined, { isBelowWrong: true }))).toBe(0)
  const isBelowWrong = true
  expect(opponentsIn(stateOf(all), decided(right, { isBelowWrong, rightCommitment: 'not on L1' }))).toBe(0)
  expect(opponentsIn(stateOf(all), decided(right, { isBelowWrong, rightCommitment: '0' }))).toBe(3)
})

it('adds up all disputes of an agent', () => {
  const states = [stateOf(all), stateOf([[wrong, 'alive']])]
  let at = 0
  const decision = decided(right)
  expect(aliveOpponents({ states: () => states, explain: () => ({ state: states[at++]!, decision }) })).toBe(4)
  expect(aliveOpponents({ states: () => [], explain: () => undefined })).toBe(0)
})
