import { type DisputeState, meaningOf } from '@crema/l1'
import { type Address, bytesToHex, hexToBytes } from '@crema/protocol'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Decision, decide, type Limits } from '../src/index.ts'
import { type Adversary, attempt, joinAs, liarAddress, playAs } from './model/adversary.ts'
import { asRight, type Child, makeChild, parentId } from './model/children.ts'
import { createModel, type Model } from './model/contract.ts'
import { ModelRevert } from './model/rules.ts'
import { type Lie, malformed, type Shape, toyStep } from './model/traces.ts'

const A = 10_000n
const grace = 50n
/** Seconds between two looks of the agent at most. */
const tick = 300
const honest: Address = `0x${'01'.repeat(20)}`
const limits: Limits = { maxStakeWei: 100n, maxAtRiskWei: 1_000n, minClockSeconds: 1n, minCollectWei: 0n }

const shapes = fc.array(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 3,
})
const seed = fc.integer({ min: 0, max: 2 ** 31 })

/** How one commitment of an adversary comes about. */
const adversaries = fc.record({
  /** Where it lies, as parts of what there is; or it runs longer than the execution does. */
  lie: fc.tuple(seed, seed, seed),
  salt: fc.integer({ min: 0, max: 2 }),
  runsLonger: fc.boolean(),
  /** `garbled`: a tree without execution with the same end; `frenemy`: that of the right assertion. */
  kind: fc.constantFrom('plain' as const, 'plain' as const, 'garbled' as const, 'frenemy' as const),
  garbledBlock: fc.integer({ min: 0, max: 5 }),
  joinsAfter: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: A - 1n })),
  moves: fc.constantFrom(0, 1, 2, 3, 5, 100),
  delay: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 3_000n })),
})
type AdversaryPlan = typeof adversaries extends fc.Arbitrary<infer T> ? T : never

async function makeAdversary(shape: Shape, right: Child, plan: AdversaryPlan): Promise<Adversary> {
  const { lie, salt, kind, garbledBlock, runsLonger, ...rest } = plan
  if (kind === 'frenemy') return { child: right, trace: malformed(right.trace, garbledBlock, salt), ...rest }
  const [b, x, i] = lie
  const block = b % shape.length
  const segment = x % shape[block]!.length
  const steps = shape[block]![segment]!
  const longer = shape.map((segments, at) => (at === block ? segments.with(segment, steps + 2) : segments))
  const place: Lie = { b: block, x: segment, i: i % steps, salt }
  const child = runsLonger ? await makeChild(longer) : await makeChild(shape, place)
  return { child, trace: kind === 'garbled' ? malformed(child.trace, garbledBlock, salt) : child.trace, ...rest }
}

/** Numbers in [0, 1) from a seed. */
function draws(from: number): () => number {
  let state = from >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** What the agent did in all schedules. */
const played = new Set<string>()

const look = (state: DisputeState, right: Child): Decision =>
  decide({
    ...{ state, own: asRight(right), trace: right.trace, mode: 'full', limits },
    account: { address: honest, stakes: { credit: 0n, bonds: [] } },
  })

/** All that the agent wants now, done; what another call of the same look made superfluous may be refused as done, and nothing else. */
function actHonestly(model: Model, right: Child): Decision {
  const decision = look(model.state(), right)
  for (const { call, key } of decision.intents) {
    try {
      model.call(call, honest)
      played.add(call.kind === 'reveal' ? `reveal ${key.split(':').at(-1)}` : call.kind)
    } catch (error) {
      if (error instanceof ModelRevert && meaningOf(call.kind, error.errorName) === 'done') continue
      throw error
    }
  }
  const alarms = decision.alerts.filter(({ severity }) => severity === 'critical')
  expect(alarms).toEqual([])
  return decision
}

it('wins every dispute with whatever adversaries, at one stake, however often it is kept from L1', async () => {
  await fc.assert(
    fc.asyncProperty(
      shapes,
      fc.array(adversaries, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      seed,
      async (shape, plans, isHonestFirst, randomSeed) => {
        const right = await makeChild(shape)
        const others = await Promise.all(plans.map((plan) => makeAdversary(shape, right, plan)))
        const model = createModel({
          parentId,
          challengePeriod: A,
          gracePeriod: grace,
          verify: (before, place) => bytesToHex(toyStep(shape, hexToBytes(before), place)),
        })
        const wrong = others.find(({ child }) => child.id !== right.id)
        fc.pre(wrong !== undefined)
        const first = isHonestFirst ? right : wrong!.child
        model.propose(first.id, first.end, isHonestFirst ? honest : liarAddress)
        const start = model.now
        const made = others.map(() => 0)
        const draw = draws(randomSeed)
        let censorable = (Number(A) * 6) / 10
        let censoredUntil = model.now
        const joined = new Set<Adversary>()
        while (model.confirmed() === undefined) {
          model.now += BigInt(1 + Math.floor(draw() * (tick - 1)))
          expect(model.now).toBeLessThan(start + 2n * A + grace + 2n * BigInt(tick))
          for (const [at, other] of others.entries()) {
            if (model.now >= start + other.joinsAfter && !joined.has(other)) {
              joinAs(model, other)
              if (model.state().commitments.length > 0) joined.add(other)
            }
            made[at]! += playAs(model, other, made[at]!)
            if (draw() < 0.1) attempt(model, { kind: 'settle', assertionId: other.child.id, end: other.child.end })
          }
          if (model.now < censoredUntil) continue
          if (draw() < 0.1 && censorable > tick) {
            const length = Math.floor(draw() * (censorable - tick))
            censorable -= length + tick
            censoredUntil = model.now + BigInt(length)
            continue
          }
          if (model.state().parent.firstRivalAt === 0n && isHonestFirst && model.now > start + A) return
          actHonestly(model, right)
        }
        expect(model.confirmed()).toBe(right.id)
        const { commitments, assertions } = model.state()
        for (const { assertionId, wasEliminated, staker, traceRoot } of commitments) {
          const isRight = assertionId === right.id && traceRoot === bytesToHex(right.trace.root)
          if (isRight) expect({ staker, wasEliminated }).toEqual({ staker: honest, wasEliminated: false })
          else if (assertionId !== right.id) expect(wasEliminated).toBe(true)
        }
        expect(commitments.filter(({ staker }) => staker === honest).length).toBe(1)
        expect(assertions.filter(({ fate }) => fate === 'confirmed').map(({ id }) => id)).toEqual([right.id])
        actHonestly(model, right)
        expect(look(model.state(), right)).toMatchObject({ isFinished: true, intents: [] })
      },
    ),
    { numRuns: Number(process.env.CREMA_DISPUTE_RUNS ?? 80), seed: Number(process.env.CREMA_DISPUTE_SEED ?? 1) },
  )
  const reveals = Array.from({ length: 11 }, (_, at) => `reveal ${4 * at}`)
  const others = ['rival', 'commit', 'startDuel', 'prove', 'timeout', 'settle', 'resolve', 'markOrphan', 'collect']
  expect([...played].sort()).toEqual([...reveals, ...others, 'collectJoin'].sort())
})
