import type { LeafOpeningArgs } from '@crema/l1'
import { blockLeaf, fold, segmentLeaf, traceDepth, verifyLastLeaf, verifyLeaf } from '@crema/machine'
import { bytesToHex, type Hash, hexToBytes } from '@crema/protocol'

/** A call that the contract would revert, with the error's name. */
export class ModelRevert extends Error {
  readonly errorName: string
  constructor(errorName: string, ...args: readonly unknown[]) {
    super(`${errorName}(${args.map(String).join(', ')})`)
    this.errorName = errorName
  }
}

export function require_(condition: boolean, errorName: string, ...args: readonly unknown[]): void {
  if (!condition) throw new ModelRevert(errorName, ...args)
}

export const noHash: Hash = `0x${'0'.repeat(64)}`

export const foldHashes = (nodes: readonly Hash[]): Hash => bytesToHex(fold(nodes.map(hexToBytes)))

const leafHash = (state: Hash, subRoot: Hash, ofBlock: boolean): Hash => {
  const make = ofBlock ? blockLeaf : segmentLeaf
  return bytesToHex(make(hexToBytes(state), hexToBytes(subRoot)))
}

/** `LeafOpenings.open`: root of the tree below the leaf `hash`; `lastChild` is the last of the 16 nodes below it. */
export function openLeaf(opening: LeafOpeningArgs, hash: Hash, lastChild: Hash, ofBlock: boolean): Hash {
  const leaf = leafHash(opening.stateAfter, opening.subRoot, ofBlock)
  require_(leaf === hash, 'WrongLeafHash', leaf, hash)
  const siblings = opening.lastSiblings.map(hexToBytes)
  const state = hexToBytes(opening.stateAfter)
  const root = hexToBytes(lastChild)
  if (ofBlock) {
    verifyLastLeaf(root, segmentLeaf(state, hexToBytes(opening.lastStepsRoot)), siblings, traceDepth.segments - 4)
  } else {
    require_(opening.lastStepsRoot === noHash, 'WrongOpening', opening.lastStepsRoot, noHash)
    verifyLastLeaf(root, state, siblings, traceDepth.steps - 4)
  }
  return opening.subRoot
}

/** `LeafOpenings.previousOf` and `previousBelow`: the state before leaf `index` of the tree `root`, which is among the leaves `mine` at `index % 16`. */
export function previousState(
  opening: LeafOpeningArgs,
  mine: readonly Hash[],
  root: Hash,
  index: number,
  ofBlock: boolean,
): Hash {
  const leaf = leafHash(opening.prevState, opening.prevSubRoot, ofBlock)
  const siblings = opening.prevSiblings.map(hexToBytes)
  const at = index % 16
  if (at !== 0) {
    require_(leaf === mine[at - 1], 'WrongLeafHash', leaf, mine[at - 1])
    require_(siblings.length === 0, 'UnneededSiblings', siblings.length)
    return opening.prevState
  }
  const depth = ofBlock ? traceDepth.blocks : traceDepth.segments
  verifyLeaf(hexToBytes(root), hexToBytes(leaf), index - 1, siblings, depth)
  return opening.prevState
}

/** `LeafOpenings.noPrevious`. */
export function requireNoPrevious({ prevState, prevSubRoot, prevSiblings }: LeafOpeningArgs): void {
  require_(prevState === noHash && prevSubRoot === noHash && prevSiblings.length === 0, 'UnneededPrevious')
}
