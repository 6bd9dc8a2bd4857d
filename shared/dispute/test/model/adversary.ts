import { commitmentId, type DisputeCall } from '@crema/l1'
import { type Address, bytesToHex } from '@crema/protocol'
import { duelState, endProof, nextMove, type OwnTrace, sideOf } from '../../src/index.ts'
import type { Child } from './children.ts'
import type { Model } from './contract.ts'
import { noHash } from './rules.ts'

export const liarAddress: Address = `0x${'02'.repeat(20)}`

/** One commitment of somebody who lies, and how it is played. */
export interface Adversary {
  readonly child: Child
  /** What it commits to: the child's trace, or a tree with the same end that no execution has. */
  readonly trace: OwnTrace
  /** Seconds after the first child at which it joins. */
  readonly joinsAfter: bigint
  /** Moves it makes in all its duels before it falls silent. */
  readonly moves: number
  /** Seconds that it waits before each. */
  readonly delay: bigint
}

/** Joins: as the child, if nobody asserted it, else by a commitment. Whatever the contract refuses is its own fault. */
export function joinAs(model: Model, { child, trace }: Adversary): void {
  const rest = { traceRoot: bytesToHex(trace.root), proof: endProof(trace), bondId: noHash, stakeWei: 10n }
  const { assertions, parent } = model.state()
  if (!assertions.some(({ id }) => id === child.id)) {
    const ids = { expectedId: child.id, parentId: model.state().parentId, end: child.end }
    attempt(model, { kind: 'rival', ...ids, ...rest })
  } else if (parent.firstRivalAt !== 0n) attempt(model, { kind: 'commit', assertionId: child.id, ...rest })
}

/** Makes every move that is due to it; returns how many it made. */
export function playAs(model: Model, { child, trace, delay, moves }: Adversary, made: number): number {
  const state = model.state()
  const ours = state.commitments.find(({ id }) => id === commitmentId(child.id, bytesToHex(trace.root)))
  if (ours === undefined) return 0
  let count = 0
  for (const duel of state.duels) {
    if (made + count >= moves) break
    if (duel.older !== ours.id && duel.newer !== ours.id) continue
    const theirs = state.commitments.find(({ id }) => id === (duel.older === ours.id ? duel.newer : duel.older))!
    const at = duelState({ duel, ours, theirs }, model.now)
    const since = duel.status === 'none' ? ours.joinedAt : duel.last
    const isDue = at.kind === 'toStart' || at.kind === 'toReveal' || at.kind === 'toProve'
    if (!isDue || model.now < since + delay) continue
    const move = playable(() => nextMove(duel, trace, sideOf({ duel, ours })))
    if (move?.isMove === true && attempt(model, move.call)) count++
  }
  return count
}

/** A malformed trace cannot be opened. */
function playable<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}

export function attempt(model: Model, call: DisputeCall): boolean {
  try {
    model.call(call, liarAddress)
    return true
  } catch {
    return false
  }
}
