import { commitmentId, type DisputeState, type OwnBond } from '@crema/l1'
import { type Address, bytesToHex, hexToBytes } from '@crema/protocol'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  atRiskWei,
  type DecideInput,
  decide,
  decideAccount,
  endProof,
  type Limits,
  type Mode,
  mayDo,
  modes,
  type RightChild,
  withinLimits,
} from '../src/index.ts'
import { asRight, type Child, makeChild, parentId } from './model/children.ts'
import { createModel, type Model } from './model/contract.ts'
import { noHash } from './model/rules.ts'
import { type Shape, toyStep } from './model/traces.ts'

const shape: Shape = [[3, 20], [5]]
const A = 1_000n
const me: Address = `0x${'01'.repeat(20)}`
const liar: Address = `0x${'02'.repeat(20)}`
const limits: Limits = { maxStakeWei: 10n, maxAtRiskWei: 20n, minClockSeconds: 100n, minCollectWei: 5n }
const none = { credit: 0n, bonds: [] }

let right: Child
let wrong: Child
beforeAll(async () => {
  right = await makeChild(shape)
  wrong = await makeChild(shape, { b: 0, x: 1, i: 4, salt: 1 })
})

let model: Model
beforeEach(() => {
  model = createModel({
    ...{ parentId, challengePeriod: A, gracePeriod: 50n },
    verify: (before, place) => bytesToHex(toyStep(shape, hexToBytes(before), place)),
  })
})

const joining = ({ trace }: Child) => ({
  ...{ traceRoot: bytesToHex(trace.root), proof: endProof(trace), bondId: noHash, stakeWei: 10n },
})
const rival = (child: Child) =>
  model.call({ kind: 'rival', expectedId: child.id, parentId, end: child.end, ...joining(child) }, liar)

function look(change: Partial<DecideInput> = {}, state: DisputeState = model.state()) {
  const account = { address: me, stakes: none }
  return decide({ state, own: asRight(right), trace: right.trace, account, mode: 'full', limits, ...change })
}
const kinds = (decision: ReturnType<typeof look>) => decision.intents.map(({ call }) => call.kind)
const codes = (decision: ReturnType<typeof look>) => decision.alerts.map(({ code }) => code)

const bond = (change: Partial<OwnBond>): OwnBond => ({
  ...{ id: `0x${'b0'.repeat(32)}`, owner: me, status: 'active', amount: 10n, assertionId: parentId },
  ...{ assertionFate: 'confirmed', commitments: 0, strikes: 0, ...change },
})

describe('a wrong child without a rival', () => {
  beforeEach(() => model.propose(wrong.id, wrong.end, liar))

  it('gets one, in mode full alone', () => {
    const [intent] = look().intents
    expect(intent).toMatchObject({ stakeWei: 10n, deadline: model.now + A })
    expect(intent!.call).toMatchObject({ kind: 'rival', expectedId: right.id, bondId: noHash })
    for (const mode of ['watch', 'defend', 'resolve'] as const) {
      const decision = look({ mode })
      expect(kinds(decision)).toEqual([])
      expect(decision.alerts).toContainEqual(expect.objectContaining({ code: 'limit', severity: 'warning' }))
    }
  })

  it('gets one backed by a bond that backs the parent', () => {
    const stakes = { credit: 0n, bonds: [bond({ strikes: 1 }), bond({ id: `0x${'b1'.repeat(32)}` })] }
    const [intent] = look({ account: { address: me, stakes } }).intents
    expect(intent).toMatchObject({ stakeWei: 0n, call: { bondId: `0x${'b1'.repeat(32)}`, stakeWei: 0n } })
  })

  it('waits for the trace, and asks for it', () => {
    // While a new stake still has the clock that it must have.
    expect(look({ trace: undefined })).toMatchObject({ traceBy: model.now + A - 100n, intents: [] })
    expect(look({ trace: undefined, mode: 'watch' }).traceBy).toBeUndefined()
    model.now += A
    expect(look({ trace: undefined }).traceBy).toBeUndefined()
  })

  it.each([
    ['the stake is too large', { limits: { ...limits, maxStakeWei: 9n } }, 0n],
    ['too little time is left', {}, A - 99n],
  ] as const)('gets none when %s', (_, change, passed) => {
    model.now += passed
    const decision = look(change)
    expect(kinds(decision)).toEqual([])
    expect(decision.alerts).toContainEqual(expect.objectContaining({ code: 'limit', severity: 'critical' }))
  })

  it('is critical at once while its rival is held back, and from half of the challenge period on anyway', () => {
    const severity = (change: Partial<DecideInput> = {}) =>
      look(change).alerts.find(({ code }) => code === 'wrong-unrivalled')?.severity
    const own: RightChild = { ...asRight(right), doubt: { why: 'a source does not answer' } }
    const traceFailure = { code: 'MISSING_LEAF', message: 'leaf 3 is not stored' }
    expect([severity(), severity({ trace: undefined })]).toEqual(['warning', 'warning'])
    expect([severity({ own }), severity({ trace: undefined, traceFailure })]).toEqual(['critical', 'critical'])
    expect(severity({ own: { ...own, doubt: { ...own.doubt!, isBelowWrong: true } } })).toBeUndefined()
    model.now += A / 8n - 1n
    expect(severity({ trace: undefined })).toBe('warning')
    model.now += 1n
    expect([severity(), severity({ trace: undefined })]).toEqual(['warning', 'critical'])
    model.now += (3n * A) / 8n - 1n
    expect(severity()).toBe('warning')
    model.now += 1n
    expect(severity()).toBe('critical')
    expect(kinds(look())).toEqual(['rival'])
  })

  it('is an alarm when the window is over', () => {
    model.now += A
    expect(look().alerts).toEqual([expect.objectContaining({ code: 'wrong-unrivalled', severity: 'critical' })])
  })
})

it('settles a rival only when the first child can get no commitment any more', () => {
  model.propose(wrong.id, wrong.end, liar)
  model.now += 300n
  rival(right)
  model.now += A - 1n
  const open = look()
  expect(kinds(open)).toEqual([])
  expect(() => model.call({ kind: 'settle', assertionId: right.id, end: right.end }, me)).toThrow('InGrace')
  model.now += 50n
  expect(kinds(look())).toEqual([])
  model.now += 1n
  expect(kinds(look())).toEqual(['settle'])
  model.call(look().intents[0]!.call, me)
  expect(model.confirmed()).toBe(right.id)
})

describe('what this node does not know', () => {
  it('is never staked on, moved or settled', () => {
    model.propose(wrong.id, wrong.end, liar)
    rival(right)
    model.call({ kind: 'commit', assertionId: wrong.id, ...joining(wrong) }, liar)
    const own = { isKnown: false, why: 'the node is behind' } as const
    for (let i = 0; i < 4; i++) {
      const decision = look({ own })
      expect(decision.intents).toEqual([])
      expect(codes(decision)).toContain('unknown')
      model.now += A / 2n
    }
  })

  it('is urgent once a rival has stood for an eighth of the challenge period, or a child goes unjudged for half of it', () => {
    const severity = (change: Partial<DecideInput>) => look(change).alerts.map((told) => [told.code, told.severity])
    const own = { isKnown: false, why: 'the node is behind' } as const
    model.propose(wrong.id, wrong.end, liar)
    expect(severity({ own })).toEqual([['unknown', 'info']])
    model.now += A / 2n
    expect(severity({ own })).toEqual([['unknown', 'critical']])
    expect(severity({ own: { ...own, isBelowWrong: true } })).toEqual([['unknown', 'info']])
    expect(look({ own }).isBelowWrong).toBe(false)
    expect(look({ own: { ...own, isBelowWrong: true } }).isBelowWrong).toBe(true)
    rival(right)
    expect(severity({ own })).toEqual([['unknown', 'warning']])
    expect(severity({ trace: undefined })).toEqual([])
    model.now += A / 8n
    expect(severity({ own })).toEqual([['unknown', 'critical']])
    expect(severity({ own: { ...own, isBelowWrong: true } })).toEqual([['unknown', 'warning']])
    expect(severity({ trace: undefined })).toEqual([['no-trace', 'critical']])
  })

  it('is told when the trace cannot be built', () => {
    const traceFailure = { code: 'MISSING_LEAF', message: 'leaf 3 is not stored' }
    expect(codes(look({ trace: undefined, traceFailure }))).toEqual([])
    model.propose(wrong.id, wrong.end, liar)
    const decision = look({ trace: undefined, traceFailure })
    expect(decision.intents).toEqual([])
    expect(codes(decision)).toEqual(['no-trace', 'wrong-unrivalled'])
    expect(decision.alerts[0]).toMatchObject({ severity: 'critical', about: right.id, details: traceFailure })
  })

  it('holds for a trace that leads elsewhere', () => {
    model.propose(wrong.id, wrong.end, liar)
    const decision = look({ trace: wrong.trace })
    expect(decision.intents).toEqual([])
    expect(codes(decision)).toEqual(['trace-disagrees'])
  })

  it('is told when events are missing', () => {
    model.propose(wrong.id, wrong.end, liar)
    rival(right)
    expect(codes(look({}, { ...model.state(), joins: 2 }))).toContain('events-missing')
  })

  it('is a wrong first child whose event is missing: it gets its rival, since storage names it', () => {
    const without = (child: Child) => ({
      ...model.state(),
      assertions: model.state().assertions.filter(({ id }) => id !== child.id),
    })
    const gap = (child: Child) => ({
      code: 'events-missing',
      severity: 'critical',
      details: { assertions: [child.id] },
    })
    model.propose(wrong.id, wrong.end, liar)
    const besideWrong = look({}, without(wrong))
    expect(besideWrong).toMatchObject({ moves: [], isFinished: false })
    expect(kinds(besideWrong)).toEqual(['rival'])
    expect(besideWrong.alerts).toMatchObject([gap(wrong), { code: 'wrong-unrivalled' }])
    expect(look({ trace: undefined }, without(wrong)).traceBy).toBe(model.now + A - limits.minClockSeconds)
  })

  it('is a right first child whose event is missing: it is no wrong one, and gets no rival', () => {
    model.propose(right.id, right.end, liar)
    const unread = { ...model.state(), assertions: [] }
    const alone = look({ trace: undefined }, unread)
    expect(alone).toMatchObject({ intents: [], traceBy: undefined, isFinished: false })
    expect(codes(alone)).toEqual(['events-missing'])
    rival(wrong)
    const state = model.state()
    const contested = look({}, { ...state, assertions: state.assertions.filter(({ id }) => id !== right.id) })
    expect(contested.intents).toEqual([])
    expect(codes(contested)).toEqual(['events-missing'])
  })

  it('is a rival whose commitment alone was read', () => {
    model.propose(wrong.id, wrong.end, liar)
    rival(right)
    const state = model.state()
    const decision = look({}, { ...state, assertions: state.assertions.filter(({ id }) => id !== right.id) })
    expect(kinds(decision)).not.toContain('rival')
    expect(decision.alerts).toMatchObject([{ code: 'events-missing', severity: 'critical' }])
  })
})

describe('a right child in doubt', () => {
  const own = () => ({ ...asRight(right), doubt: { why: 'a source does not answer' } })

  it('is not put beside a wrong one', () => {
    model.propose(wrong.id, wrong.end, liar)
    expect(kinds(look({ own: own() }))).toEqual([])
    expect(codes(look({ own: own() }))).toEqual(['unknown', 'wrong-unrivalled'])
  })

  it('gets no commitment, is moved for once it has one, and settled when the doubt is over', () => {
    model.propose(right.id, right.end, me)
    rival(wrong)
    expect(kinds(look({ own: own() }))).toEqual([])
    model.call({ kind: 'commit', assertionId: right.id, ...joining(right) }, me)
    const [start] = look({ own: own() }).intents
    expect(start).toMatchObject({ call: { kind: 'startDuel' }, deadline: model.now + A })
    model.call(start!.call, me)
    model.now += A
    const late = look({ own: own() })
    expect(kinds(late)).toEqual(['timeout'])
    model.call(late.intents[0]!.call, me)
    model.now += 50n
    expect(kinds(look({ own: own() }))).toEqual([])
    expect(kinds(look())).toEqual(['settle'])
  })
})

describe('a commitment of ours whose trace is not at hand', () => {
  const blind: readonly Partial<DecideInput>[] = [
    { own: { isKnown: false, why: 'the node is behind' }, trace: undefined },
    { trace: undefined },
  ]

  it('has its duels reported, and not moved', async () => {
    const other = await makeChild(shape, { b: 1, x: 0, i: 1, salt: 2 })
    model.propose(right.id, right.end, liar)
    rival(wrong)
    model.call({ kind: 'commit', assertionId: right.id, ...joining(right) }, me)
    for (const change of blind) {
      const decision = look(change)
      expect(decision.duels).toMatchObject([{ state: { kind: 'toStart', deadline: model.now + A } }])
      expect(decision.intents).toEqual([])
      expect(codes(decision)).not.toContain('no-move')
    }
    model.now += 100n
    rival(other)
    model.now += 100n
    // The clock of the duel that began first ends before the window to join does.
    expect(look({ trace: undefined }).traceBy).toBe(model.now - 200n + A - 100n)
    expect(look({ ...blind[0]!, account: { address: `0x${'03'.repeat(20)}`, stakes: none } }).duels).toEqual([])
    model.now += A
    for (const change of blind) expect(codes(look(change))).toContain('clock-expired')
  })
})

describe('a right child with a rival', () => {
  beforeEach(() => {
    model.propose(right.id, right.end, me)
    rival(wrong)
  })

  it('gets a commitment, in mode defend already, by its own bond', () => {
    expect(kinds(look({ mode: 'watch' }))).toEqual([])
    expect(look({ mode: 'defend' }).intents[0]).toMatchObject({ stakeWei: 10n, call: { kind: 'commit' } })
    const stakes = { credit: 0n, bonds: [bond({ assertionId: right.id, assertionFate: 'pending' })] }
    const account = { address: me, stakes }
    expect(look({ mode: 'defend', account }).intents[0]).toMatchObject({ stakeWei: 0n, call: { kind: 'commit' } })
    const { bondId } = model.state().assertions.find(({ id }) => id === right.id)!
    const rolled = [bond({ id: bondId, assertionId: `0x${'cc'.repeat(32)}`, assertionFate: 'pending' })]
    const byRolled = look({ account: { address: me, stakes: { credit: 0n, bonds: rolled } } })
    expect(byRolled.intents[0]).toMatchObject({ stakeWei: 0n, call: { kind: 'commit', bondId } })
    expect(kinds(look({ defends: () => false }))).toEqual([])
  })

  it('gets no new stake with little time left, but its own bond until the window is over', () => {
    model.now += A - 99n
    const late = look({ mode: 'defend' })
    expect(kinds(late)).toEqual([])
    expect(late.alerts).toContainEqual(
      expect.objectContaining({
        code: 'limit',
        severity: 'critical',
        details: expect.objectContaining({ clock: 99n }),
      }),
    )
    const stakes = { credit: 0n, bonds: [bond({ assertionId: right.id, assertionFate: 'pending' })] }
    const account = { address: me, stakes }
    const bounds = { ...limits, maxStakeWei: 0n }
    const own = look({ mode: 'defend', account, limits: bounds })
    expect(own.intents).toMatchObject([{ stakeWei: 0n, call: { kind: 'commit' } }])
    expect(codes(own)).not.toContain('limit')
    model.now += 98n
    expect(kinds(look({ mode: 'defend', account }))).toEqual(['commit'])
    model.now += 1n
    expect(kinds(look({ mode: 'defend', account }))).not.toContain('commit')
  })

  it('is played whoever committed its trace; others are timed out, and it is settled', () => {
    model.call({ kind: 'commit', assertionId: right.id, ...joining(right) }, liar)
    const [start] = look().intents
    expect(start).toMatchObject({ call: { kind: 'startDuel' }, deadline: model.now + A })
    model.call(start!.call, me)
    expect(kinds(look())).toEqual([])
    model.now += A
    const late = look({ mode: 'defend' })
    expect(kinds(late)).toEqual(['timeout'])
    model.call(late.intents[0]!.call, me)
    expect(kinds(look())).toEqual([])
    model.now += 50n
    expect(kinds(look({ mode: 'defend' }))).toEqual([])
    const settled = look({ mode: 'resolve' })
    expect(kinds(settled)).toEqual(['settle'])
    const paused = model.state()
    const contracts = { ...paused.contracts, pausedUntil: model.now + 1n }
    expect(kinds(look({}, { ...paused, contracts }))).toEqual([])
    model.call(settled.intents[0]!.call, me)
    expect(new Set(kinds(look()))).toEqual(new Set(['resolve', 'markOrphan', 'collect']))
    expect(kinds(look({ limits: { ...limits, minCollectWei: 1_000n } }))).not.toContain('collect')
  })

  it('leaves what the pot cannot pay once all losers have paid in, says so, and is finished', () => {
    model.call({ kind: 'commit', assertionId: right.id, ...joining(right) }, me)
    model.call(look().intents[0]!.call, me)
    model.now += A
    model.call(look().intents[0]!.call, me)
    model.now += 50n
    model.call(look().intents[0]!.call, me)
    // Losers are still to pay in: the pot may yet suffice.
    expect(kinds(look())).toEqual(expect.arrayContaining(['resolve', 'markOrphan', 'collect', 'collectJoin']))
    for (const { call } of look().intents) {
      if (call.kind === 'resolve' || call.kind === 'markOrphan') model.call(call, me)
    }
    const state = model.state()
    const [duel] = state.duels
    const due = duel!.credits!.filter(({ side }) => side === 1).reduce((sum, { amount }) => sum + amount, 0n)
    const joined = state.commitments.find(({ assertionId }) => assertionId === right.id)!
    const withPot = (pot: bigint) => look({}, { ...state, pot })
    const most = due > joined.joinCredit ? due : joined.joinCredit
    expect(new Set(kinds(withPot(most)))).toEqual(new Set(['collect', 'collectJoin']))
    expect(withPot(most)).toMatchObject({ alerts: [], isFinished: false })
    const lostElsewhere = { credit: 0n, bonds: [bond({ id: joined.bondId, status: 'slashed' })] }
    const account = { address: me, stakes: lostElsewhere }
    expect(kinds(look({ account }, { ...state, pot: most }))).toEqual(['collect'])
    expect(withPot(0n)).toMatchObject({ intents: [], isFinished: true })
    expect(withPot(0n).alerts).toMatchObject([
      { code: 'unpaid', severity: 'info', about: duel!.id, details: { amount: due, pot: 0n } },
      { code: 'unpaid', severity: 'info', about: joined.id, details: { amount: joined.joinCredit, pot: 0n } },
    ])
    const one = due < joined.joinCredit ? due : joined.joinCredit
    expect(withPot(one - 1n)).toMatchObject({ intents: [], isFinished: true })
    if (due !== joined.joinCredit) expect(withPot(one).intents).toHaveLength(1)
  })

  it('is an alarm when its clock ran out', () => {
    model.call({ kind: 'commit', assertionId: right.id, ...joining(right) }, me)
    model.now += A
    expect(look().alerts).toContainEqual(expect.objectContaining({ code: 'clock-expired', severity: 'critical' }))
    const pair = model.state().duels[0]!
    model.call({ kind: 'timeout', older: pair.older, newer: pair.newer }, liar)
    const lost = look()
    expect(codes(lost)).toEqual(expect.arrayContaining(['right-eliminated', 'wrong-may-win']))
    expect(kinds(lost)).toEqual([])
  })
})

it('reopens a parent all of whose commitments are out, and times out wrong ones that nobody plays', async () => {
  const other = await makeChild(shape, { b: 1, x: 0, i: 1, salt: 2 })
  model.propose(wrong.id, wrong.end, liar)
  rival(other)
  model.call({ kind: 'commit', assertionId: wrong.id, ...joining(wrong) }, liar)
  model.now += A
  const decision = look({ mode: 'resolve' })
  expect(kinds(decision)).toEqual(['timeout'])
  model.call(decision.intents[0]!.call, me)
  const survivor = model.state()
  expect(survivor.aliveAssertions).toBe(1)
  expect(codes(look())).toContain('wrong-may-win')
  expect(kinds(look())).toEqual([])
  const nobody = { ...survivor, aliveAssertions: 0 }
  expect(kinds(look({}, nobody))).toEqual([])
  const later = { ...nobody, block: { ...nobody.block, timestamp: nobody.lastEliminationAt + 50n } }
  expect(kinds(look({}, later))).toEqual(['reopen'])
  expect(kinds(look({ own: { isKnown: false, why: 'the node is behind' } }, later))).toEqual(['reopen'])
  // Not while the parent itself is undecided.
  const undecided = { ...later, contracts: { ...later.contracts, latestConfirmed: right.id } }
  expect(kinds(look({}, undecided))).toEqual([])
})

it('lets each mode do all that the ones before it may', () => {
  const all = ['commit', 'reveal', 'timeout', 'claim', 'settle', 'reopen', 'resolve', 'markOrphan', 'rival'] as const
  const allowed = (mode: Mode) => all.filter((kind) => mayDo(mode, kind))
  expect(modes.map((mode) => allowed(mode).length)).toEqual([0, 4, 8, 9])
  for (const [at, mode] of modes.entries()) {
    if (at > 0) expect(allowed(mode)).toEqual(expect.arrayContaining(allowed(modes[at - 1]!)))
  }
})

it('takes back what is its own, and bounds what is at risk', () => {
  const bonds = [
    bond({}),
    bond({ id: `0x${'b2'.repeat(32)}`, assertionFate: 'pending' }),
    bond({ id: `0x${'b3'.repeat(32)}`, commitments: 1 }),
    bond({ id: `0x${'b4'.repeat(32)}`, status: 'released' }),
  ]
  const account = { address: me, stakes: { credit: 7n, bonds }, mode: 'defend', limits, releases: true } as const
  expect(decideAccount(account).map(({ call }) => call)).toEqual([
    { kind: 'release', bondId: bonds[0]!.id },
    { kind: 'claim', to: me },
  ])
  expect(decideAccount({ ...account, mode: 'watch' })).toEqual([])
  expect(decideAccount({ ...account, releases: false }).map(({ call }) => call.kind)).toEqual(['claim'])
  expect(atRiskWei(account.stakes)).toBe(20n)
  model.propose(wrong.id, wrong.end, liar)
  const [stakeful] = look().intents
  const free = { ...stakeful!, key: 'free', stakeWei: 0n }
  expect(withinLimits([stakeful!, free], limits, 11n)).toEqual({ taken: [free], held: [stakeful] })
  expect(withinLimits([stakeful!, free], limits, 10n)).toEqual({ taken: [stakeful, free], held: [] })
  expect(look().rightCommitment).toBe(commitmentId(right.id, bytesToHex(right.trace.root)))
})
