import type { LastLeafProofArgs, LeafOpeningArgs } from '@crema/l1'
import type { AssertionTrace, LeafOpening } from '@crema/machine'
import { bytesToHex } from '@crema/protocol'
import { noHash, toHashes } from './hex.ts'

/** Opening of a leaf that the mover enters, with the leaf before unless it is the first of its tree. */
export function enterLeaf({ stateAfter, subRoot, lastLeaf, previous }: LeafOpening): LeafOpeningArgs {
  return {
    stateAfter: bytesToHex(stateAfter),
    subRoot: bytesToHex(subRoot),
    lastStepsRoot: bytesToHex(lastLeaf.subRoot),
    lastSiblings: toHashes(lastLeaf.siblings),
    prevState: previous === undefined ? noHash : bytesToHex(previous.state),
    prevSubRoot: previous === undefined ? noHash : bytesToHex(previous.subRoot),
    prevSiblings: previous === undefined ? [] : toHashes(previous.siblings),
  }
}

/** Opening of the mover's own leaf in answer to one that was entered: the leaf before is agreed on already. */
export function answerLeaf(opening: LeafOpening): LeafOpeningArgs {
  return enterLeaf({ ...opening, previous: undefined })
}

/** Proof that a trace ends in its assertion's end. */
export function endProof(trace: Pick<AssertionTrace, 'lastLeafProof'>): LastLeafProofArgs {
  const { subRoot, siblings } = trace.lastLeafProof()
  return { segmentsRoot: bytesToHex(subRoot), siblings: toHashes(siblings) }
}
