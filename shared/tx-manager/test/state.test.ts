import type { IntentState } from '@crema/chain-store'
import type { Hash } from '@crema/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Action, decide, type Observation } from '../src/decide.ts'
import { nonceGaps } from '../src/nonce.ts'
import { type IntentEvent, isSettled, transition, transitions } from '../src/state.ts'

const states = Object.keys(transitions) as IntentState[]
const events: IntentEvent[] = ['sign', 'accept', 'include', 'reorg', 'confirm', 'lose', 'fail']

describe('transition table', () => {
  it('leaves settled intents alone but for a reorganisation, and throws on everything not listed', () => {
    expect(states.filter(isSettled)).toEqual(['confirmed', 'failed'])
    expect(transitions.confirmed).toEqual({ reorg: 'signed' })
    expect(transitions.failed).toEqual({})
    for (const state of states) {
      for (const event of events) {
        const next = transitions[state][event]
        if (next) expect(transition(state, event)).toBe(next)
        else expect(() => transition(state, event)).toThrow(expect.objectContaining({ code: 'tx.illegal-transition' }))
      }
    }
  })
  it('never fails an intent that a node may still mine', () => {
    expect(transitions.sent.fail).toBeUndefined()
  })
  it('lets every intent reach an end', () => {
    const reaches = (from: IntentState, seen = new Set<IntentState>()): boolean => {
      if (isSettled(from)) return true
      if (seen.has(from)) return false
      seen.add(from)
      return Object.values(transitions[from]).some((next) => reaches(next, seen))
    }
    expect(states.every((state) => reaches(state))).toBe(true)
  })
})

/** Event an action leads to, when it succeeds; null changes no state. */
const eventOf: Readonly<Record<Action, IntentEvent | null>> = {
  wait: null,
  sign: 'sign',
  'give-up': 'fail',
  publish: 'accept',
  replace: 'sign',
  'request-cancel': null,
  'note-inclusion': 'include',
  'note-reorg': 'reorg',
  settle: 'confirm',
  'count-lost': null,
  reassign: 'lose',
}

const hash = fc.nat(3).map((n): Hash => `0x0${n}`)
const observation: fc.Arbitrary<Observation> = fc.record({
  state: fc.constantFrom(...states),
  nowMs: fc.nat(20),
  nonce: fc.option(fc.nat(5)),
  latestNonce: fc.nat(7),
  finalNonce: fc.nat(7),
  included: fc.option(fc.record({ blockHash: hash, confirmations: fc.nat(5) })),
  notedBlockHash: fc.option(hash),
  confirmationsNeeded: fc.integer({ min: 1, max: 4 }),
  lostSightings: fc.nat(4),
  lostSightingsNeeded: fc.integer({ min: 1, max: 4 }),
  expired: fc.boolean(),
  cancelRequested: fc.boolean(),
  latestPurpose: fc.constantFrom('call', 'cancel', null),
  mustPublish: fc.boolean(),
  publishAtMs: fc.nat(20),
  replaceAtMs: fc.nat(20),
  known: fc.boolean(),
})

describe('decide', () => {
  it('only chooses what the transition table allows', () => {
    fc.assert(
      fc.property(observation, (o) => {
        const event = eventOf[decide(o)]
        if (event) expect(transitions[o.state][event]).toBeDefined()
      }),
      { numRuns: 5000 },
    )
  })
  it('signs nothing new while one of ours is, or can be, in the chain', () => {
    fc.assert(
      fc.property(observation, (o) => {
        const action = decide(o)
        if (o.included)
          expect(['sign', 'replace', 'publish', 'reassign', 'give-up', 'count-lost']).not.toContain(action)
        if (action === 'reassign') {
          expect(o.finalNonce).toBeGreaterThan(o.nonce!)
          expect(o.lostSightings + 1).toBeGreaterThanOrEqual(o.lostSightingsNeeded)
        }
        if (action === 'settle') expect(o.included!.confirmations).toBeGreaterThanOrEqual(o.confirmationsNeeded)
      }),
      { numRuns: 5000 },
    )
  })
})

/**
 * Random schedules over a small model of chain and pool: blocks, reorgs, drops, lost answers, strangers and crashes in any
 * order. The model keeps what the engine keeps in the store (`signed`, `state`, `nonce`, `noted`) over a crash and nothing else.
 */
type Move = 'look' | 'mine' | 'reorg' | 'drop' | 'stranger' | 'crash' | 'time' | 'lose-answer'

/** `depth`: blocks until a transaction counts as final; `reversible`: blocks that reorganisations may take back. */
function simulate(moves: readonly Move[], depth: number, reversible: number) {
  /** Canonical blocks: each names the transaction it holds, as `nonce:id`, ids of strangers being negative. */
  let chain: { nonce: number; id: number }[][] = []
  let finalized = 0
  let pool: { nonce: number; id: number }[] = []
  const signed: { nonce: number; id: number }[] = []
  let state: IntentState = 'queued'
  let nonce: number | null = null
  let noted: Hash | null = null
  let memory = { mustPublish: false, lost: 0, replaceAtMs: 10 }
  let nowMs = 0
  let strangers = 0
  let answers = true
  let generation = 0
  const blockIds: number[] = []

  const used = (blocks = chain.length) => chain.slice(0, blocks).flat().length
  const ours = () => chain.findIndex((block) => block.some((tx) => signed.some((s) => s.id === tx.id)))
  const sign = (at: number) => {
    const tx = { nonce: at, id: signed.length + 1 }
    signed.push(tx)
    nonce = at
    memory = { ...memory, mustPublish: true, replaceAtMs: nowMs + 10 }
    publishLatest()
  }
  const publishLatest = () => {
    const tx = signed.at(-1)!
    if (tx.nonce < used()) return
    pool = [...pool.filter((other) => other.nonce !== tx.nonce), tx]
    if (!answers) return
    memory.mustPublish = false
    state = transition(state, 'accept')
  }
  /** The engine uses up nonces below ours that nobody holds; the model does so at once. */
  const fillGaps = () => {
    if (state !== 'signed' && state !== 'sent') return
    let pending = used()
    while (pool.some((tx) => tx.nonce === pending)) pending++
    for (const gap of nonceGaps(used(), pending, new Set([nonce!]))) {
      if (!pool.some((tx) => tx.nonce === gap)) pool.push({ nonce: gap, id: -100 - gap })
    }
  }
  const isGone = () => state === 'confirmed' && used() <= nonce!
  const look = () => {
    if (isGone()) {
      state = transition(state, 'reorg')
      noted = null
      memory = { mustPublish: true, lost: 0, replaceAtMs: nowMs + 10 }
    }
    step()
    fillGaps()
  }
  const step = () => {
    const at = ours()
    const seen = at < 0 ? null : { blockHash: `0x${blockIds[at]}` as Hash, confirmations: chain.length - at }
    const last = signed.at(-1)
    const action = decide({
      state,
      nowMs,
      nonce,
      latestNonce: used(),
      finalNonce: used(Math.max(0, chain.length - depth + 1)),
      included: seen,
      notedBlockHash: noted,
      confirmationsNeeded: depth,
      lostSightings: memory.lost,
      lostSightingsNeeded: 2,
      expired: false,
      cancelRequested: false,
      latestPurpose: last ? 'call' : null,
      mustPublish: memory.mustPublish,
      publishAtMs: 0,
      replaceAtMs: memory.replaceAtMs,
      known: !last || pool.includes(last) || at >= 0,
    })
    const event = eventOf[action]
    if (action === 'count-lost') memory.lost++
    if (event && action !== 'publish') state = transition(state, event)
    switch (action) {
      case 'sign':
        return sign(used())
      case 'replace':
        return sign(nonce!)
      case 'publish':
        return publishLatest()
      case 'note-inclusion':
        noted = seen!.blockHash
        memory.lost = 0
        return
      case 'note-reorg':
        noted = null
        memory.mustPublish = true
        return
      case 'reassign':
        nonce = null
        memory = { ...memory, mustPublish: false, lost: 0 }
        return
      default:
        return
    }
  }
  const play: Record<Move, () => void> = {
    look,
    mine: () => {
      const block = pool.filter((tx) => tx.nonce === used())
      chain.push(block)
      blockIds[chain.length - 1] = ++generation
      pool = pool.filter((tx) => tx.nonce >= used())
      finalized = Math.max(finalized, chain.length - reversible)
    },
    reorg: () => {
      const kept = Math.max(finalized, chain.length - 2, 0)
      pool = [
        ...pool,
        ...chain
          .slice(kept)
          .flat()
          .filter((tx) => !pool.some((other) => other.nonce === tx.nonce)),
      ]
      chain = chain.slice(0, kept)
    },
    drop: () => {
      pool = pool.slice(1)
    },
    stranger: () => {
      if (strangers >= 3) return
      const at = used()
      pool = [...pool.filter((tx) => tx.nonce !== at), { nonce: at, id: -++strangers }]
    },
    crash: () => {
      memory = { mustPublish: state === 'signed' || state === 'sent', lost: 0, replaceAtMs: nowMs + 10 }
    },
    time: () => {
      nowMs += 6
    },
    'lose-answer': () => {
      answers = !answers
    },
  }
  for (const move of moves) play[move]()
  answers = true
  for (let i = 0; i < 60 && (!isSettled(state) || isGone()); i++) {
    play.look()
    play.mine()
  }
  const mined = chain.flat().filter((tx) => signed.some((s) => s.id === tx.id)).length
  return { state, mined }
}

const peaceful = ['look', 'look', 'look', 'mine', 'mine', 'reorg', 'drop', 'crash', 'time', 'lose-answer'] as const
const schedule = (moves: readonly Move[]) => fc.array(fc.constantFrom(...moves), { maxLength: 80 })

describe('random schedules', () => {
  it('end with exactly one of our transactions in the chain', () => {
    fc.assert(
      fc.property(schedule([...peaceful, 'stranger']), (moves) => {
        expect(simulate(moves, 3, 2)).toEqual({ state: 'confirmed', mined: 1 })
      }),
      { numRuns: 3000 },
    )
  })
  it('end so also when reorganisations take back what counted as final', () => {
    fc.assert(
      fc.property(schedule(peaceful), (moves) => {
        expect(simulate(moves, 1, 2)).toEqual({ state: 'confirmed', mined: 1 })
      }),
      { numRuns: 3000 },
    )
  })
})
