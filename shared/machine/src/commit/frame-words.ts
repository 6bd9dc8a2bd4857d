import { hexToBytes, tags } from '@crema/protocol'
import type { Frame } from '../state/frame.ts'
import { type Machine, status } from '../state/machine.ts'
import { rootHash } from '../trie/hash.ts'
import { type Committer, digestOf, type FrameMemo } from './committer.ts'
import { destroyedChain } from './destroyed-chain.ts'
import { encodeWords } from './encode-words.ts'
import { hashWordBytes } from './hash.ts'
import { memoryRoot } from './memory-tree.ts'
import { packedWord } from './packed.ts'
import { sliceWords } from './slice-words.ts'
import { pushHash, zeroWord } from './stack-chain.ts'
import { logsOf } from './tx-words.ts'

/** Words of section F. */
export const FRAME_WORDS = 23

const tag = hexToBytes(tags.frameSection)
const suspendedTag = hexToBytes(tags.suspendedFrame)

/** The words of section F of the running frame (docs/protocol/machine.md, Commitments). */
export function frameWords(c: Committer, m: Machine): Uint8Array {
  return wordsOf(c, m, m.callers.length)
}

/** Hash of section F of the running frame; made anew only with other returned data. */
export function frameHash(c: Committer, m: Machine): Uint8Array {
  return hashOf(c, m, m.callers.length)
}

/** Commitment of the suspended caller of the frame at `depth`, 0 for the outermost: `H(suspendedFrame, hash of F, packed, stackHash, memRoot)`. */
export function suspendedHash(c: Committer, m: Machine, depth: number): Uint8Array {
  // From the outermost that is not known, so that the deepest frame takes no deeper recursion than the first.
  let first = depth
  while (first > 0 && memoOf(c, frameAt(m, first)).parent === undefined) first--
  let parent = first === 0 ? zeroWord : memoOf(c, frameAt(m, first)).parent!
  for (let i = first + 1; i <= depth; i++) {
    const memo = memoOf(c, frameAt(m, i))
    const caller = frameAt(m, i - 1)
    const words = [hashOf(c, m, i - 1), packedWord(caller, status.running), stackHash(c, caller), memoryRoot(c, caller)]
    parent = hashWordBytes(suspendedTag, encodeWords(words))
    memo.parent = parent
  }
  return parent
}

/** Hash of a frame's stack; only the words above the mark are hashed. */
export function stackHash(c: Committer, f: Frame): Uint8Array {
  const memo = memoOf(c, f)
  const { stack } = memo
  for (let i = memo.valid; i < f.sp; i++) stack[i + 1] = pushHash(stack[i]!, f.stack[i]!)
  memo.valid = f.sp
  return stack[f.sp]!
}

/** Only the lowest `height` words of the frame's stack stay as they are. */
export function lowerMark(c: Committer, f: Frame, height: number): void {
  const memo = c.frames.get(f)
  if (memo !== undefined && memo.valid > height) memo.valid = Math.max(0, height)
}

/** The frame at `depth` from 0, the running one being the deepest. */
function frameAt(m: Machine, depth: number): Frame {
  return depth === m.callers.length ? m.f : m.callers[depth]!
}

function memoOf(c: Committer, f: Frame): FrameMemo {
  let memo = c.frames.get(f)
  if (memo === undefined) {
    memo = { stack: [zeroWord], valid: 0, parent: undefined, hash: undefined, returnData: undefined }
    c.frames.set(f, memo)
  }
  return memo
}

function hashOf(c: Committer, m: Machine, depth: number): Uint8Array {
  const f = frameAt(m, depth)
  const memo = memoOf(c, f)
  if (memo.hash === undefined || memo.returnData !== f.returnData) {
    memo.hash = hashWordBytes(tag, wordsOf(c, m, depth))
    memo.returnData = f.returnData
  }
  return memo.hash
}

function wordsOf(c: Committer, m: Machine, depth: number): Uint8Array {
  const f = frameAt(m, depth)
  const { snapshot } = f
  const logs = logsOf(c, m.t, snapshot.logCount)
  return encodeWords([
    f.depth + 1,
    suspendedHash(c, m, depth),
    f.kind,
    f.isStatic,
    f.address,
    f.caller,
    f.value,
    digestOf(c, f.code),
    sliceWords(c, f.input),
    sliceWords(c, f.returnData),
    f.retOff,
    f.retLen,
    rootHash(snapshot.state),
    rootHash(snapshot.scratch),
    snapshot.refund,
    destroyedChain(snapshot.destroyed),
    snapshot.logCount,
    logs.size,
    logs.root,
  ])
}
