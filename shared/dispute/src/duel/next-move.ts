import type { DisputeCall, DisputeDuel, LeafOpeningArgs, PreviousStepArgs, Side } from '@crema/l1'
import { blockLeaf, fold, segmentLeaf } from '@crema/machine'
import { bytesEqual, bytesToHex, type Hash, hexToBytes } from '@crema/protocol'
import type { OwnTrace } from '../own/own-trace.ts'
import { noHash, toHashes } from './hex.ts'
import { moveAt, type RevealStep } from './move-at.ts'
import { answerLeaf, enterLeaf } from './open-leaf.ts'

/** Why no move was made of a duel: what was read is incomplete or contradicts itself, or the trace is not that of the commitment. */
export type MoveRefusal =
  | 'not-to-move'
  | 'impossible-state'
  | 'children-missing'
  | 'children-do-not-fold'
  | 'not-our-node'
  | 'no-divergence'
  | 'proof-differs-from-trace'

/** The one right move, or why there is none. */
export type NextMove =
  | {
      readonly isMove: true
      readonly call: Extract<DisputeCall, { kind: 'startDuel' | 'reveal' | 'prove' }>
      /** First differing position among the 16, and the path from the root to it. */
      readonly index: number
      readonly position: number
    }
  | {
      readonly isMove: false
      readonly refusal: MoveRefusal
      readonly details: Readonly<Record<string, unknown>>
    }

/**
 * The right move of side `side` in a duel that is its turn, a pure function of its trace and of what the other side published. Never throws for what
 * the other side did; throws what reading the trace throws.
 */
export function nextMove(duel: DisputeDuel, trace: OwnTrace, side: Side): NextMove {
  if (duel.status === 'none') return startDuel(duel, trace, side)
  const due = moveAt(duel.depth)
  const position = Number(duel.pos)
  if (duel.status !== 'running' || duel.turn !== side) return refuse('not-to-move', { turn: duel.turn, side })
  if (due === undefined || due.side !== side || position >= 2 ** duel.depth) {
    return refuse('impossible-state', { depth: duel.depth, turn: duel.turn, pos: duel.pos })
  }
  if (duel.children?.length !== 16) return refuse('children-missing', { duel: duel.id, depth: duel.depth })
  const theirs = duel.children.map(hexToBytes)
  const opened = bytesToHex(fold(theirs))
  if (opened !== duel.opened) return refuse('children-do-not-fold', { opened, expected: duel.opened })
  const mine = trace.children(duel.depth, position)
  const unopened = bytesToHex(ownNode(trace, duel.depth, position, mine))
  if (unopened !== duel.unopened) return refuse('not-our-node', { own: unopened, expected: duel.unopened })
  const index = mine.findIndex((node, at) => !bytesEqual(node, theirs[at]!))
  if (index === -1) return refuse('no-divergence', { opened, unopened })
  const path = position * 16 + index
  const found: Divergence = {
    ...{ duel, trace, mine, index, path },
    pair: { older: duel.older, newer: duel.newer },
    theirsSuffix: toHashes(theirs.slice(index)),
  }
  switch (due.kind) {
    case 'reveal':
      return reveal(found, due.step)
    case 'prove':
      return prove(found)
    default:
      return due satisfies never
  }
}

/** Where the two sides differ first. */
interface Divergence {
  readonly duel: DisputeDuel
  readonly trace: OwnTrace
  readonly pair: { readonly older: Hash; readonly newer: Hash }
  readonly mine: readonly Uint8Array[]
  readonly theirsSuffix: readonly Hash[]
  readonly index: number
  readonly path: number
}

function startDuel({ status: _, ...duel }: DisputeDuel, trace: OwnTrace, side: Side): NextMove {
  if (side !== 1) return refuse('not-to-move', { turn: 1, side })
  const call = { kind: 'startDuel', older: duel.older, newer: duel.newer } as const
  return { isMove: true, call: { ...call, rootChildren: toHashes(trace.children(0, 0)) }, index: 0, position: 0 }
}

function reveal({ duel, trace, pair, mine, theirsSuffix, index, path }: Divergence, step: RevealStep): NextMove {
  const grand = toHashes(trace.children(duel.depth + 4, path))
  const leaf = openings(trace, step, Number(duel.pos), path)
  const call = { kind: 'reveal', ...pair, mine: toHashes(mine), theirsSuffix, grand, leaf } as const
  return { isMove: true, call, index, position: path }
}

/** What the move opens: the leaf that it enters, at `path`, or its own leaf at `position` in answer. */
function openings(trace: OwnTrace, step: RevealStep, position: number, path: number): LeafOpeningArgs[] {
  switch (step) {
    case 'plain':
      return []
    case 'enterBlock':
      return [enterLeaf(trace.openBlockLeaf(path), path)]
    case 'answerBlock':
      return [answerLeaf(trace.openBlockLeaf(position))]
    case 'enterSegment':
      return [enterLeaf(trace.openSegmentLeaf(Math.floor(path / 2 ** 12), path % 2 ** 12), path % 2 ** 12)]
    case 'answerSegment':
      return [answerLeaf(trace.openSegmentLeaf(Math.floor(position / 2 ** 12), position % 2 ** 12))]
    default:
      return step satisfies never
  }
}

function prove({ trace, pair, mine, theirsSuffix, index, path }: Divergence): NextMove {
  const { b, x, i } = placeOf(path)
  const isAlone = index === 0 && i > 0
  const previous: PreviousStepArgs = isAlone
    ? { state: bytesToHex(trace.stateAfter(b, x, i - 1)), siblings: toHashes(trace.stepProof(b, x, i - 1)) }
    : { state: noHash, siblings: [] }
  const { proof, before, after } = trace.proveStep(b, x, i)
  const expected = { before: trace.stateBefore(b, x, i), after: mine[index]! }
  if (!bytesEqual(before, expected.before) || !bytesEqual(after, expected.after)) {
    const hex = { before: bytesToHex(before), after: bytesToHex(after) }
    return refuse('proof-differs-from-trace', { ...hex, expected: toHashes([expected.before, expected.after]) })
  }
  const stepProof = bytesToHex(proof)
  const call = { kind: 'prove', ...pair, mine: toHashes(mine), theirsSuffix, previous, stepProof } as const
  return { isMove: true, call, index, position: path }
}

/** Block, segment and step of a position of 48 bits. */
export function placeOf(position: number): { readonly b: number; readonly x: number; readonly i: number } {
  const segment = Math.floor(position / 2 ** 24)
  return { b: Math.floor(segment / 2 ** 12), x: segment % 2 ** 12, i: position % 2 ** 24 }
}

/** The own node that the contract holds as unopened: at a leaf of blocks or segments the whole leaf. */
function ownNode(trace: OwnTrace, depth: number, position: number, mine: readonly Uint8Array[]): Uint8Array {
  const node = fold(mine)
  if (depth === 12) return blockLeaf(trace.stateAfter(position, 2 ** 12 - 1, 2 ** 24 - 1), node)
  if (depth === 24)
    return segmentLeaf(trace.stateAfter(Math.floor(position / 2 ** 12), position % 2 ** 12, 2 ** 24 - 1), node)
  return node
}

function refuse(refusal: MoveRefusal, details: Readonly<Record<string, unknown>>): NextMove {
  return { isMove: false, refusal, details }
}
