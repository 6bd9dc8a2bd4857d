import { moveAt } from '@crema/dispute'
import type { DisputeDuel, DisputeEvent, DisputeState } from '@crema/l1'
import type { Hash } from '@crema/protocol'
import type { Arena } from '../support/arena/arena.ts'
import { stepsOf } from '../support/arena/find-step.ts'
import { causesFirst } from '../support/causes-first.ts'

export interface NarratorOptions {
  readonly arena: Arena
  readonly say: (line: string) => void
  /** Names of addresses. */
  readonly names: Readonly<Record<string, string>>
  /** Right or wrong. */
  readonly assertions: Readonly<Record<Hash, string>>
}

/** Tells what L1 says of disputes, each event once. */
export function createNarrator({ arena, say, names, assertions }: NarratorOptions) {
  let told = 0
  const nameOf = (address: string): string => names[address.toLowerCase()] ?? address
  const committed = new Map<Hash, string>()
  let move = 0

  function tellEvent(event: DisputeEvent, state: DisputeState): void {
    switch (event.kind) {
      case 'proposed': {
        const { id, proposer, traceRoot } = event.assertion
        say(
          `${nameOf(proposer)} ${traceRoot === undefined ? 'asserts' : 'puts beside it'} ${id.slice(0, 10)}… (${assertions[id]})`,
        )
        return
      }
      case 'joined':
        committed.set(event.id, nameOf(event.staker))
        say(`${nameOf(event.staker)} commits to its whole execution: trace root ${event.traceRoot.slice(0, 10)}…`)
        return
      case 'started':
        say('')
        move++
        say(
          `${count(move)} ${pad(nameOf(event.credit.mover))} opens the duel about 2^48 steps${clockOf(state, event.duelId)}`,
        )
        return
      case 'revealed':
        move++
        say(
          `${count(move)} ${pad(nameOf(event.credit.mover))} ${interval(event.pos, event.depth)}${clockOf(state, event.duelId)}`,
        )
        return
      case 'proven':
        move++
        say(`${count(move)} ${pad(nameOf(event.credit.mover))} proves: L1 executes ${opAt(event.pos)} itself`)
        say(`     before ${event.stateBefore}`)
        say(`     after  ${event.stateAfter}`)
        return
      case 'timedOut':
        say(`     ${nameOf(event.credit.mover)} ends the duel: side ${event.expiredSide} let its clock run out`)
        return
      case 'eliminated':
        say(`     ${committed.get(event.id) ?? event.id} has another state there and is out`)
        return
      default:
        event satisfies never
    }
  }

  function opAt(pos: bigint): string {
    const [b, x, i] = [Number(pos >> 36n), Number((pos >> 24n) & 0xfffn), Number(pos & 0xffffffn)]
    for (const step of stepsOf(arena)) if (step.b === b && step.x === x && step.i === i) return step.op
    return 'a place at which nothing happens'
  }

  /** Who is to move now, if this is the last that happened. */
  function clockOf(state: DisputeState, duelId: Hash): string {
    const duel = state.duels.find(({ id }) => id === duelId)
    if (duel === undefined || duel.status !== 'running' || !isLast(duel)) return ''
    const mover = state.commitments.find(({ id }) => id === (duel.turn === 0 ? duel.older : duel.newer))!
    const left = duel.last + duel.clocks[duel.turn] - state.block.timestamp
    return ` · ${nameOf(mover.staker)}'s clock runs, ${left} s left`
  }

  const isLast = ({ depth }: DisputeDuel): boolean => moveAt(depth) !== undefined && depth === 4 * (move - 1)

  return {
    /** Tells what is new, and gives the state back. */
    tell(state: DisputeState): DisputeState {
      const events = arena.book.events()
      for (const event of causesFirst(events.slice(told), ({ kind }) => kind === 'eliminated')) tellEvent(event, state)
      told = events.length
      return state
    },
  }
}

const count = (move: number): string => `${String(move).padStart(2)} of 13`
const pad = (name: string): string => name.padEnd(10)

/** What a node of the tree stands for, in words. */
function interval(pos: bigint, depth: number): string {
  const width = (levels: number): bigint => 1n << BigInt(levels)
  const range = (what: string, first: bigint, levels: number): string =>
    levels === 0 ? `${what} ${first}` : `${what}s ${first} to ${first + width(levels) - 1n}`
  if (depth <= 12) return range('block', pos << BigInt(12 - depth), 12 - depth)
  if (depth <= 24) {
    const inBlock = pos & (width(depth - 12) - 1n)
    return `block ${pos >> BigInt(depth - 12)}, ${range('segment', inBlock << BigInt(24 - depth), 24 - depth)}`
  }
  const path = pos >> BigInt(depth - 24)
  const inSegment = (pos & (width(depth - 24) - 1n)) << BigInt(48 - depth)
  return `block ${path >> 12n}, segment ${path & 0xfffn}, ${range('step', inSegment, 48 - depth)}`
}
