import { hexToBytes, keccak256, tags } from '@crema/protocol'
import { type Machine, status } from '../state/machine.ts'
import { microOp } from '../step/micro-op.ts'
import { rootHash } from '../trie/hash.ts'
import { emptyRoot } from '../trie/node.ts'
import { BLOCK_WORDS, blockWords } from './block-words.ts'
import type { Committer } from './committer.ts'
import { encodeWords } from './encode-words.ts'
import { FRAME_WORDS, frameWords, stackHash } from './frame-words.ts'
import { hashWordBytes } from './hash.ts'
import { hasTransaction } from './in-use.ts'
import { memoryRoot, takeWrite } from './memory-tree.ts'
import { MICRO_OP_WORDS, microOpWords } from './micro-op-words.ts'
import { packedWord } from './packed.ts'
import { RUN_WORDS, runWords } from './run-words.ts'
import { zeroWord } from './stack-chain.ts'
import { TX_WORDS, txWords } from './tx-words.ts'
import { wordTreeRoot } from './word-tree.ts'

/** The sections in the order in which they are committed to and opened. */
export const sections = ['r', 'b', 't', 'f', 'x'] as const
export type SectionName = (typeof sections)[number]

/** Number of words of every section. */
export const sectionSizes: { readonly [section in SectionName]: number } = {
  r: RUN_WORDS,
  b: BLOCK_WORDS,
  t: TX_WORDS,
  f: FRAME_WORDS,
  x: MICRO_OP_WORDS,
}

const sectionTags: { readonly [section in SectionName]: Uint8Array } = {
  r: hexToBytes(tags.runSection),
  b: hexToBytes(tags.blockSection),
  t: hexToBytes(tags.txSection),
  f: hexToBytes(tags.frameSection),
  x: hexToBytes(tags.microOpSection),
}
const machineTag = hexToBytes(tags.machine)

/** All that a machine's commitment consists of. Roots and hashes are 32 bytes, a section is its words, zeros when it is not in use. */
export interface MachineWords extends Readonly<Record<SectionName, Uint8Array>> {
  readonly packed: Uint8Array
  readonly stackHash: Uint8Array
  readonly memRoot: Uint8Array
  readonly stateRoot: Uint8Array
  readonly scratchRoot: Uint8Array
}

/** Opens a machine inside of a segment or between two; one before its first micro-op is opened as what was before the segment. */
export function machineWords(c: Committer, m: Machine): MachineWords {
  takeWrite(c)
  const runs = m.status === status.running && m.steps > 0
  const hasFrame = runs && m.f.depth >= 0
  const hasTx = hasTransaction(m)
  const frame = hasFrame ? m.f : { pc: 0, gas: 0, sp: 0, memWords: 0 }
  return {
    packed: packedWord(frame, runs ? status.running : status.segmentEnd),
    stackHash: hasFrame ? stackHash(c, m.f) : zeroWord,
    memRoot: hasFrame ? memoryRoot(c, m.f) : wordTreeRoot(undefined),
    stateRoot: rootHash(m.state),
    scratchRoot: hasTx ? rootHash(m.t.scratch) : emptyRoot,
    r: runWords(c, m),
    b: blockWords(m),
    t: hasTx ? txWords(c, m) : unused.t,
    f: hasFrame ? frameWords(c, m) : unused.f,
    x: runs && m.x.op !== microOp.opcode ? microOpWords(c, m) : unused.x,
  }
}

const unused = {
  t: new Uint8Array(32 * TX_WORDS),
  f: new Uint8Array(32 * FRAME_WORDS),
  x: new Uint8Array(32 * MICRO_OP_WORDS),
}

/** `H(tag, words)` of a section. */
export function sectionHash(section: SectionName, words: Uint8Array): Uint8Array {
  return hashWordBytes(sectionTags[section], words)
}

/** The machine hash of what {@link machineWords} gives: what `commitMachine` gives. */
export function hashMachineWords(words: MachineWords): Uint8Array {
  const { packed, stackHash, memRoot, stateRoot, scratchRoot } = words
  const hashes = sections.map((section) => sectionHash(section, words[section]))
  const rest = hashWordBytes(machineTag, encodeWords([stateRoot, scratchRoot, ...hashes]))
  return keccak256(encodeWords([rest, packed, stackHash, memRoot]))
}
