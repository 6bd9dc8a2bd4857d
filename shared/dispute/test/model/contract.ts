import {
  type Credit,
  commitmentId,
  type DisputeCall,
  type DisputeCommitment,
  type DisputeDuel,
  type DisputedAssertion,
  type DisputeState,
  disputeId,
  duelId,
  ledger,
  type Side,
} from '@crema/l1'
import { blockLeaf, traceDepth, verifyLastLeaf, verifyLeaf } from '@crema/machine'
import { type Address, type BlockState, bytesToHex, type Hash, hexToBytes, stateHash } from '@crema/protocol'
import { foldHashes, noHash, openLeaf, previousState, require_, requireNoPrevious } from './rules.ts'
import { type Place, toyWorld } from './traces.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Duel = Mutable<DisputeDuel>
type Commitment = Mutable<DisputeCommitment>

export interface ModelOptions {
  readonly parentId: Hash
  readonly challengePeriod: bigint
  readonly gracePeriod: bigint
  /** What L1 makes of a step. */
  readonly verify: (before: Hash, place: Place) => Hash
}

/** docs/protocol/disputes.md in TypeScript: one parent's dispute, with every check of the contracts. */
export interface Model {
  now: bigint
  /** The first child, which has no commitment. */
  propose(id: Hash, end: BlockState, from: Address): void
  /** Throws {@link ModelRevert}, or what a wrong Merkle proof throws. */
  call(call: DisputeCall, from: Address): void
  state(): DisputeState
  confirmed(): Hash | undefined
}

const price = 10n
/** `agreedState` while it is the assertion's start. */
const assertionStart: Hash = `0x${'0'.repeat(63)}1`

export function createModel({ parentId, challengePeriod: A, gracePeriod, verify }: ModelOptions): Model {
  const id = disputeId(parentId, 0)
  const assertions = new Map<Hash, Mutable<DisputedAssertion>>()
  const commitments = new Map<Hash, Commitment>()
  const duels = new Map<Hash, Duel>()
  let [t1, t2, lastEliminationAt] = [0n, 0n, 0n]
  let firstChildId = noHash
  let confirmedId: Hash | undefined
  let epoch = 0

  const alive = (assertionId: Hash): bigint =>
    BigInt([...commitments.values()].filter((c) => c.assertionId === assertionId && c.status === 'alive').length)
  const aliveAssertions = (): number => [...assertions.keys()].filter((key) => alive(key) > 0n).length
  const settleFrom = (window: bigint): bigint =>
    (window + A > lastEliminationAt ? window + A : lastEliminationAt) + gracePeriod

  function addAssertion(assertionId: Hash, end: BlockState, proposer: Address, isFirst: boolean): void {
    require_(!assertions.has(assertionId), 'AssertionExists', assertionId)
    const bondId = bondOf(assertionId)
    const fate = 'pending' as const
    const made = { id: assertionId, proposer, end, bondId, isFirst, fate, isMarked: false, aliveCommitments: 0n }
    assertions.set(assertionId, made)
  }

  function join(call: Extract<DisputeCall, { kind: 'rival' | 'commit' }>, assertionId: Hash, staker: Address): void {
    const assertion = assertions.get(assertionId)!
    require_(assertion.fate === 'pending', 'NotPending', assertionId)
    require_(t2 !== 0n, 'NotContested', assertionId)
    const closedAt = (assertion.isFirst ? t2 : t1) + A
    require_(model.now < closedAt, 'JoinWindowClosed', model.now, closedAt)
    const leaf = blockLeaf(hexToBytes(stateHash(assertion.end)), hexToBytes(call.proof.segmentsRoot))
    verifyLastLeaf(hexToBytes(call.traceRoot), leaf, call.proof.siblings.map(hexToBytes), traceDepth.blocks)
    const made = commitmentId(assertionId, call.traceRoot)
    require_(!commitments.has(made), 'CommitmentExists', made)
    commitments.set(made, {
      ...{ id: made, assertionId, traceRoot: call.traceRoot, staker, bondId: call.bondId, status: 'alive' },
      ...{ joinedAt: model.now, remaining: closedAt - model.now, joinIndex: commitments.size + 1 },
      ...{ wasEliminated: false, joinPaid: false, joinCredit: price },
    })
  }

  function pair(older: Hash, newer: Hash): readonly [Commitment, Commitment] {
    const [o, n] = [commitments.get(older), commitments.get(newer)]
    require_(o?.status === 'alive', 'NotAlive', older)
    require_(n?.status === 'alive', 'NotAlive', newer)
    require_(o!.assertionId !== n!.assertionId, 'SameAssertion')
    require_(o!.joinIndex < n!.joinIndex, 'WrongOrder')
    return [o!, n!]
  }

  function duelOf(older: Hash, newer: Hash): Duel {
    const key = duelId(older, newer)
    const known = duels.get(key)
    if (known !== undefined) return known
    return {
      ...{ id: key, older, newer, status: 'none', opened: noHash, unopened: noHash, agreedState: noHash },
      ...{ levelRoot: noHash, ledger: noHash, clocks: [0n, 0n], last: 0n, pos: 0n, depth: 0, turn: 0 },
      ...{ isCollected: false, children: undefined, credits: undefined },
    }
  }

  function running(older: Hash, newer: Hash): Duel {
    const duel = duelOf(older, newer)
    require_(duel.status === 'running', 'DuelNotRunning', duel.id)
    pair(older, newer)
    return duel
  }

  function record(duel: Duel, side: Side, mover: Address): void {
    const credit: Credit = { side, mover, amount: price }
    duel.ledger = ledger(duel.ledger, credit)
    duel.credits = [...(duel.credits ?? []), credit]
    duels.set(duel.id, duel)
  }

  function passTurn(duel: Duel): Side {
    const side = duel.turn
    const used = model.now - duel.last
    require_(used < duel.clocks[side], 'ClockExpired', used, duel.clocks[side])
    const clocks: [bigint, bigint] = [...duel.clocks]
    clocks[side] -= used
    duel.clocks = clocks
    duel.last = model.now
    duel.turn = side === 0 ? 1 : 0
    return side
  }

  function descend(duel: Duel, mine: readonly Hash[], theirsSuffix: readonly Hash[]): Hash {
    const length = theirsSuffix.length
    require_(length > 0 && length <= 16, 'WrongSuffixLength', length)
    require_(foldHashes(mine) === duel.unopened, 'WrongOpening', foldHashes(mine), duel.unopened)
    const mixed = foldHashes([...mine.slice(0, 16 - length), ...theirsSuffix])
    require_(mixed === duel.opened, 'WrongOpening', mixed, duel.opened)
    const index = 16 - length
    require_(mine[index] !== theirsSuffix[0], 'NoDivergence', index)
    duel.unopened = theirsSuffix[0]!
    duel.pos = duel.pos * 16n + BigInt(index)
    duel.depth += 4
    return mine[index]!
  }

  function enter(duel: Duel, side: Side, call: Extract<DisputeCall, { kind: 'reveal' }>, leaf: Hash): Hash {
    const [opening, ofBlock, index] = [call.leaf[0]!, duel.depth === 12, Number(duel.pos % 4096n)]
    const subRoot = openLeaf(opening, leaf, call.grand[15]!, ofBlock)
    const root = ofBlock ? commitments.get(call.older)!.traceRoot : duel.levelRoot
    if (index === 0) requireNoPrevious(opening)
    else duel.agreedState = previousState(opening, call.mine, root, index, ofBlock)
    if (side === 1) duel.levelRoot = subRoot
    return subRoot
  }

  function reveal(call: Extract<DisputeCall, { kind: 'reveal' }>, from: Address): void {
    const { older, newer, mine, theirsSuffix, grand, leaf } = call
    const duel: Duel = { ...running(older, newer) }
    const { depth } = duel
    require_(depth !== 44, 'AtLeaf', depth)
    const side = passTurn(duel)
    const answers = depth === 12 || depth === 24
    const enters = depth === 8 || depth === 20
    require_(leaf.length === (answers || enters ? 1 : 0), 'WrongLeafOpenings', leaf.length)
    if (answers) {
      duel.unopened = openLeaf(leaf[0]!, duel.unopened, mine[15]!, depth === 12)
      requireNoPrevious(leaf[0]!)
      if (side === 1) duel.levelRoot = duel.unopened
    }
    let child = descend(duel, mine, theirsSuffix)
    if (enters) child = enter(duel, side, call, child)
    require_(foldHashes(grand) === child, 'WrongOpening', foldHashes(grand), child)
    duel.opened = child
    duel.children = grand
    record(duel, side, from)
  }

  function prove(call: Extract<DisputeCall, { kind: 'prove' }>, from: Address): void {
    const { older, newer, mine, theirsSuffix, previous } = call
    const duel: Duel = { ...running(older, newer) }
    require_(duel.depth === 44, 'NotAtLeaf', duel.depth)
    const side = passTurn(duel)
    const own = descend(duel, mine, theirsSuffix)
    const pos = Number(duel.pos)
    const i = pos % 2 ** 24
    const place = { b: Math.floor(pos / 2 ** 36), x: Math.floor(pos / 2 ** 24) % 4096, i }
    let before: Hash
    if (i !== 0 && theirsSuffix.length === 16) {
      const siblings = previous.siblings.map(hexToBytes)
      verifyLeaf(hexToBytes(duel.levelRoot), hexToBytes(previous.state), i - 1, siblings, traceDepth.steps)
      before = previous.state
    } else {
      require_(previous.state === noHash && previous.siblings.length === 0, 'UnneededPrevious', pos)
      before = i !== 0 ? mine[15 - theirsSuffix.length]! : duel.agreedState
      if (before === assertionStart) before = bytesToHex(toyWorld.start)
    }
    const after = verify(before, place)
    duel.status = 'over'
    const rights = side === 0 ? [own === after, theirsSuffix[0] === after] : [theirsSuffix[0] === after, own === after]
    if (!rights[0]) eliminate(older)
    if (!rights[1]) eliminate(newer)
    record(duel, side, from)
  }

  function timeout(older: Hash, newer: Hash, from: Address): void {
    const duel: Duel = { ...duelOf(older, newer) }
    let [side, used, clock]: [Side, bigint, bigint] = [duel.turn, model.now - duel.last, duel.clocks[duel.turn]]
    if (duel.status === 'none') {
      const n = pair(older, newer)[1]
      ;[side, used, clock] = [1, model.now - n.joinedAt, n.remaining]
    } else running(older, newer)
    require_(used >= clock, 'ClockRunning', used, clock)
    duel.status = 'over'
    eliminate(side === 0 ? older : newer)
    record(duel, side === 0 ? 1 : 0, from)
  }

  function eliminate(key: Hash): void {
    const loser = commitments.get(key)!
    loser.status = 'eliminated'
    loser.wasEliminated = true
    lastEliminationAt = model.now
  }

  function startDuel(older: Hash, newer: Hash, rootChildren: readonly Hash[], from: Address): void {
    const [o, n] = pair(older, newer)
    const duel = { ...duelOf(older, newer) }
    require_(duel.status === 'none', 'DuelExists', duel.id)
    const root = foldHashes(rootChildren)
    require_(root === n.traceRoot, 'WrongOpening', root, n.traceRoot)
    Object.assign(duel, { status: 'running', opened: n.traceRoot, unopened: o.traceRoot, turn: 1, last: n.joinedAt })
    duel.agreedState = assertionStart
    duel.clocks = [o.remaining, n.remaining]
    duel.children = rootChildren
    passTurn(duel)
    record(duel, 1, from)
  }

  function settle(assertionId: Hash): void {
    require_(assertions.get(assertionId)?.fate === 'pending', 'NotPending', assertionId)
    require_(t2 !== 0n, 'NoRivals')
    require_(aliveAssertions() === 1 && alive(assertionId) > 0n, 'StillContested')
    const from = settleFrom(assertionId === firstChildId ? t1 : t2)
    require_(model.now >= from, 'InGrace', model.now, from)
    confirmedId = assertionId
    for (const [key, assertion] of assertions) assertion.fate = key === assertionId ? 'confirmed' : 'lost'
    assertions.get(assertionId)!.isMarked = true
  }

  function reopen(): void {
    require_(aliveAssertions() === 0, 'StillContested')
    require_(t2 !== 0n && model.now >= settleFrom(t2), 'InGrace')
    epoch++
    for (const assertion of assertions.values()) assertion.fate = 'lost'
    ;[t1, t2, firstChildId] = [0n, 0n, noHash]
  }

  function resolve(key: Hash): void {
    const c = commitments.get(key)
    require_(c !== undefined, 'UnknownCommitment', key)
    require_(c!.status !== 'resolved', 'AlreadyResolved', key)
    require_(assertions.get(c!.assertionId)!.fate !== 'pending', 'Undecided', key)
    c!.status = 'resolved'
  }

  function collect({ older, newer, credits }: Extract<DisputeCall, { kind: 'collect' }>): void {
    const duel = duelOf(older, newer)
    require_(!duel.isCollected, 'AlreadyCollected', duel.id)
    const won = (key: Hash) => !commitments.get(key)!.wasEliminated && commitments.get(key)!.assertionId === confirmedId
    require_(won(older) || won(newer), 'NoWinner')
    require_(credits.reduce(ledger, noHash) === duel.ledger, 'WrongLedger')
    duel.isCollected = true
  }

  const model: Model = {
    now: 1_000n,
    propose(assertionId, end, from) {
      require_(firstChildId === noHash, 'HasFirstChild')
      addAssertion(assertionId, end, from, true)
      ;[firstChildId, t1] = [assertionId, model.now]
    },
    call(call, from) {
      switch (call.kind) {
        case 'rival':
          require_(firstChildId !== noHash, 'NoFirstChild')
          require_(model.now < t1 + A, 'RivalWindowClosed')
          addAssertion(call.expectedId, call.end, from, false)
          if (t2 === 0n) t2 = model.now
          return join(call, call.expectedId, from)
        case 'commit':
          require_(assertions.has(call.assertionId), 'UnknownAssertion')
          return join(call, call.assertionId, from)
        case 'startDuel':
          return startDuel(call.older, call.newer, call.rootChildren, from)
        case 'reveal':
          return reveal(call, from)
        case 'prove':
          return prove(call, from)
        case 'timeout':
          return timeout(call.older, call.newer, from)
        case 'settle':
          return settle(call.assertionId)
        case 'reopen':
          return reopen()
        case 'resolve':
          return resolve(call.commitmentId)
        case 'collect':
          return collect(call)
        case 'collectJoin':
          require_(!commitments.get(call.commitmentId)!.joinPaid, 'AlreadyCollected')
          commitments.get(call.commitmentId)!.joinPaid = true
          return
        case 'markOrphan': {
          const lost = assertions.get(call.assertionId)!
          require_(lost.fate !== 'pending', 'StillPending')
          require_(!lost.isMarked, 'NotPending')
          lost.isMarked = true
          return
        }
        case 'release':
        case 'claim':
          return
        default:
          call satisfies never
      }
    },
    state() {
      const all = [...commitments.values()].map((commitment) => ({ ...commitment }))
      const pairs = all.flatMap((older, at) => all.slice(at + 1).map((newer) => [older, newer] as const))
      return {
        ...{ id, parentId, reopenEpoch: 0, joins: all.length, aliveAssertions: aliveAssertions() },
        ...{ lastEliminationAt, pot: 0n, commitments: all },
        block: { number: model.now, hash: noHash, timestamp: model.now },
        contracts: { challengePeriod: A, gracePeriod, stake: 10n, pausedUntil: 0n, latestConfirmed: parentId },
        parent: {
          ...{
            fate: 'confirmed',
            l2BlockNumber: 0n,
            inboxCount: 0n,
            stateHash: noHash,
            startHash: noHash,
            targetCount: 4n,
          },
          ...{ targetRoot: noHash, currentEpoch: epoch, firstChildAt: t1, firstRivalAt: t2, firstChildId },
          verifier: `0x${'11'.repeat(20)}`,
        },
        assertions: [...assertions.values()].map((a) => ({ ...a, aliveCommitments: alive(a.id) })),
        duels: pairs.flatMap(([older, newer]) =>
          older.assertionId === newer.assertionId ? [] : [{ ...duelOf(older.id, newer.id) }],
        ),
      }
    },
    confirmed: () => confirmedId,
  }
  return model
}

/** Any bond. */
const bondOf = (assertionId: Hash): Hash => `0xbb${assertionId.slice(4)}`
