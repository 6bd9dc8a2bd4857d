import { duelState, type NextMove, nextMove, sideOf } from '@crema/dispute'
import { commitmentId, type DisputeCommitment, type DisputeState } from '@crema/l1'
import { bytesToHex, type Hash } from '@crema/protocol'
import type { Arena, Contender } from './arena.ts'

/** The commitment of a contender. */
export const commitmentOf = ({ id, trace }: Contender): Hash => commitmentId(id, bytesToHex(trace.root))

export type Move = Extract<NextMove, { isMove: true }>

/** What a contender could do now in its duels against `others`, or against all: one move for each that waits for it. */
export function movesOf(state: DisputeState, of: Contender, others?: readonly Contender[]): Move[] {
  const commitments = new Map(state.commitments.map((commitment) => [commitment.id, commitment]))
  const ours = commitments.get(commitmentOf(of))
  if (ours === undefined) return []
  const wanted = others && new Set(others.map(commitmentOf))
  const moves: Move[] = []
  for (const duel of state.duels) {
    const theirs = opponent(commitments, ours, duel)
    if (theirs === undefined || wanted?.has(theirs.id) === false) continue
    const { kind } = duelState({ duel, ours, theirs }, state.block.timestamp)
    if (kind !== 'toStart' && kind !== 'toReveal' && kind !== 'toProve') continue
    const move = nextMove(duel, of.trace, sideOf({ duel, ours }))
    // Somebody moved while L1 was read: the state is newer than the events.
    if (!move.isMove && move.refusal === 'children-missing') continue
    if (!move.isMove) throw new Error(`${of.account} has no move at depth ${duel.depth}: ${move.refusal}`)
    moves.push(move)
  }
  return moves
}

function opponent(
  commitments: ReadonlyMap<Hash, DisputeCommitment>,
  ours: DisputeCommitment,
  { older, newer }: { readonly older: Hash; readonly newer: Hash },
): DisputeCommitment | undefined {
  if (older === ours.id) return commitments.get(newer)
  return newer === ours.id ? commitments.get(older) : undefined
}

/** Plays all duels between the contenders until none has a move; `onMove` is told of each before it is sent. */
export async function playOut(
  arena: Arena,
  contenders: readonly Contender[],
  onMove?: (by: Contender, move: Move, state: DisputeState) => void,
): Promise<void> {
  let state = await arena.state()
  for (let idle = 0, at = 0; idle < contenders.length; at = (at + 1) % contenders.length) {
    const contender = contenders[at]!
    const moves = movesOf(state, contender, contenders)
    for (const move of moves) {
      onMove?.(contender, move, state)
      await arena.send(contender.account, move.call)
    }
    idle = moves.length === 0 ? idle + 1 : 0
    if (moves.length > 0) state = await arena.state()
  }
}
