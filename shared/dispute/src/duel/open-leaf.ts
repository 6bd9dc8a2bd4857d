import type { LastLeafProofArgs, LeafOpeningArgs } from '@crema/l1'
import type { AssertionTrace, LeafOpening } from '@crema/machine'
import { bytesToHex } from '@crema/protocol'
import { noHash, toHashes } from './hex.ts'

/** Levels of a move: proofs end at one of its sixteen nodes, which the move shows anyway. */
const MOVE_LEVELS = 4

/** Opening of leaf `index` of its tree, which the mover enters, with the leaf before unless it is the first. Among the mover's 16 that needs no siblings. */
export function enterLeaf(opening: LeafOpening, index: number): LeafOpeningArgs {
  const { previous } = opening
  if (previous === undefined) return answerLeaf(opening)
  return {
    ...answerLeaf(opening),
    prevState: bytesToHex(previous.state),
    prevSubRoot: bytesToHex(previous.subRoot),
    prevSiblings: index % 2 ** MOVE_LEVELS === 0 ? toHashes(previous.siblings) : [],
  }
}

/** Opening of the mover's own leaf in answer to one that was entered: the leaf before is agreed on already. */
export function answerLeaf({ stateAfter, subRoot, lastLeaf }: LeafOpening): LeafOpeningArgs {
  return {
    ...{ stateAfter: bytesToHex(stateAfter), subRoot: bytesToHex(subRoot) },
    lastStepsRoot: bytesToHex(lastLeaf.subRoot),
    lastSiblings: toHashes(lastLeaf.siblings.slice(0, -MOVE_LEVELS)),
    ...{ prevState: noHash, prevSubRoot: noHash, prevSiblings: [] },
  }
}

/** Proof that a trace ends in its assertion's end. */
export function endProof(trace: Pick<AssertionTrace, 'lastLeafProof'>): LastLeafProofArgs {
  const { subRoot, siblings } = trace.lastLeafProof()
  return { segmentsRoot: bytesToHex(subRoot), siblings: toHashes(siblings) }
}
