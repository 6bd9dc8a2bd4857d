import {
  duelState,
  locateSegment,
  locateStep,
  moveAt,
  type OwnTrace,
  placeOf,
  type StepPlace,
  type TracePlace,
} from '@crema/dispute'
import type { DisputeCommitment, DisputeDuel, DisputeEvent } from '@crema/l1'
import type { ProvableBlocks } from '@crema/node'
import { bytesToHex, type Hash, type StateReader } from '@crema/protocol'
import { type ToldMove, tellMove } from './told-duel.ts'

/** What a duel is explained from. */
export interface DuelEvidence {
  readonly duel: DisputeDuel
  readonly ours: DisputeCommitment
  readonly theirs: DisputeCommitment
  /** Moves, in order. */
  readonly events: readonly DisputeEvent[]
  readonly trace: OwnTrace
  readonly blocks: ProvableBlocks
  readonly state: StateReader
  /** L1 time, seconds. */
  readonly now: bigint
}

/** Where a duel stands, in the words of the rollup. States are hashes. */
export interface DuelExplanation {
  readonly duelId: Hash
  readonly ourCommitment: Hash
  readonly theirCommitment: Hash
  readonly theirAssertion: Hash
  readonly theirStatus: string
  readonly state: ReturnType<typeof duelState>
  readonly moves: readonly ToldMove[]
  /** Levels of the trace, of 48, on which the two sides are known to differ, and the path to it. */
  readonly known: { readonly depth: number; readonly path: number }
  /** Blocks of the trace in which they differ, both included; one once the block is known. */
  readonly differsIn: { readonly firstBlock: bigint; readonly lastBlock: bigint }
  /** The block and the transaction, once they are known. */
  readonly place: TracePlace | undefined
  /** The micro-op, once it is known. */
  readonly step: StepPlace | undefined
  /** Our state before and after the smallest part that is known. */
  readonly ourStates: { readonly before: Hash; readonly after: Hash }
  /** What they claim after the step; known at the last level. */
  readonly theirStateAfter: Hash | undefined
  /** What L1 found when the step was proven. */
  readonly proven: { readonly before: Hash; readonly after: Hash; readonly weWereRight: boolean } | undefined
}

const DEPTH = 48

/** Explains a duel of the right commitment. Costs what opening the trace at its place costs. Throws `EvidenceError`, `TraceError`. */
export function explainDuel(evidence: DuelEvidence): DuelExplanation {
  const { duel, ours, theirs, events, trace, blocks, state, now } = evidence
  const proven = events.find((event) => event.kind === 'proven')
  const difference = firstDifference(evidence)
  const known =
    proven !== undefined
      ? { depth: DEPTH, path: Number(proven.pos) }
      : (difference ?? { depth: duel.depth, path: Number(duel.pos) })
  const first = known.path * 2 ** (DEPTH - known.depth)
  const last = (known.path + 1) * 2 ** (DEPTH - known.depth) - 1
  const [from, to] = [placeOf(first), placeOf(last)]
  const number = (b: number): bigint =>
    blocks.end.number - BigInt(blocks.count) + BigInt(Math.min(b, blocks.count - 1)) + 1n
  const isSegment = known.depth >= 24
  const isStep = known.depth === DEPTH
  return {
    duelId: duel.id,
    ourCommitment: ours.id,
    theirCommitment: theirs.id,
    theirAssertion: theirs.assertionId,
    theirStatus: theirs.wasEliminated ? 'eliminated' : theirs.status,
    state: duelState({ duel, ours, theirs }, now),
    moves: events.map(tellMove),
    known,
    differsIn: { firstBlock: number(from.b), lastBlock: number(to.b) },
    place: isSegment ? locateSegment(blocks, from.b, from.x) : undefined,
    step: isStep ? locateStep(blocks, state, from.b, from.x, from.i) : undefined,
    ourStates: {
      before: bytesToHex(trace.stateBefore(from.b, from.x, from.i)),
      after: bytesToHex(trace.stateAfter(to.b, to.x, to.i)),
    },
    theirStateAfter: isStep ? difference?.theirs : undefined,
    proven:
      proven === undefined
        ? undefined
        : {
            before: proven.stateBefore,
            after: proven.stateAfter,
            weWereRight: proven.right[duel.older === ours.id ? 0 : 1],
          },
  }
}

/** The first of the 16 children that the other side published and that are not ours; undefined while it is their move. */
function firstDifference({ duel, ours, trace }: DuelEvidence) {
  const due = moveAt(duel.depth)
  const side = duel.older === ours.id ? 0 : 1
  if (duel.status !== 'running' || due?.side !== side || duel.children === undefined) return undefined
  const path = Number(duel.pos)
  const mine = trace.children(duel.depth, path).map(bytesToHex)
  const index = mine.findIndex((node, at) => node !== duel.children?.[at])
  if (index === -1) return undefined
  return { depth: duel.depth + 4, path: path * 16 + index, theirs: duel.children[index] }
}
