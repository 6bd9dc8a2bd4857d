import { type BlockState, concatBytes, hexToBytes, tags } from '@crema/protocol'
import { blockWords } from '../commit/block-words.ts'
import type { Committer } from '../commit/committer.ts'
import { encodeWords } from '../commit/encode-words.ts'
import { FRAME_WORDS, frameWords, stackHash } from '../commit/frame-words.ts'
import { hashWordBytes } from '../commit/hash.ts'
import { hasTransaction } from '../commit/machine-hash.ts'
import { memoryRoot } from '../commit/memory-tree.ts'
import { MICRO_OP_WORDS, microOpWords } from '../commit/micro-op-words.ts'
import { packedWord } from '../commit/packed.ts'
import { runWords } from '../commit/run-words.ts'
import { zeroWord } from '../commit/stack-chain.ts'
import { TX_WORDS, txWords } from '../commit/tx-words.ts'
import { wordTreeRoot } from '../commit/word-tree.ts'
import { noFrame } from '../state/frame.ts'
import { type Machine, status } from '../state/machine.ts'
import { microOp } from '../step/micro-op.ts'
import { rootHash } from '../trie/hash.ts'
import { emptyRoot } from '../trie/node.ts'

const sectionTags = [tags.runSection, tags.blockSection, tags.txSection, tags.frameSection, tags.microOpSection].map(
  hexToBytes,
)

/** First byte of a proof that opens a BlockState. */
const FORM_BLOCK_STATE = 0
/** First byte of a proof that opens a machine. */
const FORM_MACHINE = 1

/** A state to be opened: all its parts, so that the choice of sections may wait until a step has run. */
export type OpenState = (mask: number) => Uint8Array

/** The seven words of a BlockState behind the proof's form. */
export function openBlockState(state: BlockState): Uint8Array {
  const { number, blockHash, stateRoot, withdrawalsRoot, inboxCount, gasSinceAssertionStart } = state
  const hashes = [blockHash, stateRoot, withdrawalsRoot].map(hexToBytes)
  const words = encodeWords([number, ...hashes, inboxCount, gasSinceAssertionStart, state.status])
  return concatBytes(Uint8Array.of(FORM_BLOCK_STATE), words)
}

/** The machine as it is, inside of a segment or before its first micro-op (docs/protocol/machine.md, Proofs). */
export function openMachine(c: Committer, m: Machine): OpenState {
  const runs = m.status === status.running && m.steps > 0
  const hasFrame = runs && m.f.depth >= 0
  const hasTx = hasTransaction(m)
  const head = [
    packedWord(hasFrame ? m.f : noFrame(), runs ? status.running : status.segmentEnd),
    hasFrame ? stackHash(c, m.f) : zeroWord,
    hasFrame ? memoryRoot(c, m.f) : wordTreeRoot(undefined),
    rootHash(m.state),
    hasTx ? rootHash(m.t.scratch) : emptyRoot,
  ]
  const sections = [
    runWords(c, m),
    blockWords(m),
    hasTx ? txWords(c, m) : new Uint8Array(32 * TX_WORDS),
    hasFrame ? frameWords(c, m) : new Uint8Array(32 * FRAME_WORDS),
    runs && m.x.op !== microOp.opcode ? microOpWords(c, m) : new Uint8Array(32 * MICRO_OP_WORDS),
  ]
  return (mask) => {
    // A section that is not in use counts as open by its hash.
    const isOpen = sections.map((words, i) => ((mask >> i) & 1) === 1 && words.some((byte) => byte !== 0))
    const opened = isOpen.reduce((sum, open, i) => sum + (open ? 1 << i : 0), 0)
    const parts = sections.map((words, i) => (isOpen[i] ? words : hashWordBytes(sectionTags[i]!, words)))
    return concatBytes(Uint8Array.of(FORM_MACHINE, opened), ...head, ...parts)
  }
}
