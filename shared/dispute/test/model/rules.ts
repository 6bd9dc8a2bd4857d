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

/** `LeafOpenings.open`: root of the tree below the leaf `hash`. */
export function openLeaf(opening: LeafOpeningArgs, hash: Hash, ofBlock: boolean): Hash {
  const leaf = leafHash(opening.stateAfter, opening.subRoot, ofBlock)
  require_(leaf === hash, 'WrongLeafHash', leaf, hash)
  const siblings = opening.lastSiblings.map(hexToBytes)
  const state = hexToBytes(opening.stateAfter)
  const root = hexToBytes(opening.subRoot)
  if (ofBlock) {
    verifyLastLeaf(root, segmentLeaf(state, hexToBytes(opening.lastStepsRoot)), siblings, traceDepth.segments)
  } else {
    require_(opening.lastStepsRoot === noHash, 'WrongOpening', opening.lastStepsRoot, noHash)
    verifyLastLeaf(root, state, siblings, traceDepth.steps)
  }
  return opening.subRoot
}

/** `LeafOpenings.previous`: the state before leaf `index` of the tree `root`. */
export function previousState(opening: LeafOpeningArgs, root: Hash, index: number, ofBlock: boolean): Hash {
  const leaf = hexToBytes(leafHash(opening.prevState, opening.prevSubRoot, ofBlock))
  const depth = ofBlock ? traceDepth.blocks : traceDepth.segments
  verifyLeaf(hexToBytes(root), leaf, index - 1, opening.prevSiblings.map(hexToBytes), depth)
  return opening.prevState
}

/** `LeafOpenings.noPrevious`. */
export function requireNoPrevious({ prevState, prevSubRoot, prevSiblings }: LeafOpeningArgs): void {
  require_(prevState === noHash && prevSubRoot === noHash && prevSiblings.length === 0, 'UnneededPrevious')
}
