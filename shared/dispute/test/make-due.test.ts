import { type Address, bytesToHex, hexToBytes } from '@crema/protocol'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { makeDue } from '../src/agent/make-due.ts'
import { type Decision, decide, decideStates, endProof, type OwnTrace } from '../src/index.ts'
import { asRight, type Child, makeChild, parentId } from './model/children.ts'
import { createModel, type Model } from './model/contract.ts'
import { noHash } from './model/rules.ts'
import { malformed, type Shape, toyStep } from './model/traces.ts'

const shape: Shape = [[3, 20], [5]]
const me: Address = `0x${'01'.repeat(20)}`
const liar: Address = `0x${'02'.repeat(20)}`
const limits = { maxStakeWei: 10n, maxAtRiskWei: 20n, minClockSeconds: 1n, minCollectWei: 1n }
const SYBILS = 5

let right: Child
let wrong: Child
beforeAll(async () => {
  right = await makeChild(shape)
  wrong = await makeChild(shape, { b: 0, x: 1, i: 4, salt: 1 })
})

let model: Model
/** Nodes of the trace that were read. */
let reads: number
beforeEach(() => {
  reads = 0
  model = createModel({
    ...{ parentId, challengePeriod: 1_000n, gracePeriod: 50n },
    verify: (before, place) => bytesToHex(toyStep(shape, hexToBytes(before), place)),
  })
  model.propose(right.id, right.end, me)
  const joining = (trace: OwnTrace) => ({
    ...{ traceRoot: bytesToHex(trace.root), proof: endProof(trace), bondId: noHash, stakeWei: 10n },
  })
  // Sybils on one wrong assertion, each with a trace of its own; then the right one, which is to start every duel.
  model.call({ kind: 'rival', expectedId: wrong.id, parentId, end: wrong.end, ...joining(wrong.trace) }, liar)
  for (let salt = 1; salt < SYBILS; salt++) {
    const sybil = malformed(wrong.trace, 1, salt)
    model.call({ kind: 'commit', assertionId: wrong.id, ...joining(sybil) }, liar)
  }
  model.call({ kind: 'commit', assertionId: right.id, ...joining(right.trace) }, me)
})

const input = () => {
  const counted: OwnTrace = {
    ...right.trace,
    children: (depth, position) => {
      reads++
      return right.trace.children(depth, position)
    },
  }
  const account = { address: me, stakes: { credit: 0n, bonds: [] } }
  return { state: model.state(), own: asRight(right), trace: counted, account, mode: 'full', limits } as const
}

it('decides without reading the trace, and computes as many moves as there is room for', async () => {
  const decision: Decision = decideStates(input())
  expect(decision.moves).toHaveLength(SYBILS)
  expect(decision).toMatchObject({ intents: [], alerts: [] })
  expect(reads).toBe(0)
  const { intents, refused, rest } = await makeDue(decision.moves, 2)
  expect(reads).toBe(2)
  expect(refused).toEqual([])
  expect(intents).toEqual(decide(input()).intents.slice(0, 2))
  expect(rest).toEqual(decision.moves.slice(2))
  expect(await makeDue(decision.moves, 0)).toEqual({ intents: [], refused: [], rest: decision.moves })
  expect(reads).toBe(2 + SYBILS)
})

it('lets others have their turn before each move', async () => {
  const { moves } = decideStates(input())
  const readsAtTurns: number[] = []
  let isOver = false
  const watch = (): void => {
    readsAtTurns.push(reads)
    if (!isOver) setImmediate(watch)
  }
  setImmediate(watch)
  await makeDue(moves, SYBILS)
  isOver = true
  expect(readsAtTurns).toEqual(expect.arrayContaining([0, 1, 2, 3, 4]))
})

it('gives the room of a move that cannot be made to the next one, and tells why', async () => {
  const { moves } = decideStates({
    ...input(),
    trace: {
      ...right.trace,
      children: () => {
        throw new Error('disk')
      },
    },
  })
  const good = decideStates(input()).moves
  const { intents, refused } = await makeDue([moves[0]!, ...good.slice(1)], 1)
  expect(intents).toMatchObject([{ key: good[1]!.key }])
  const details = { refusal: 'trace-failed', message: 'disk' }
  expect(refused).toMatchObject([{ move: { key: good[0]!.key }, alert: { code: 'no-move', details } }])
})
