import { hexToBytes, keccak256, tags } from '@crema/protocol'
import { type Machine, status } from '../state/machine.ts'
import { microOp } from '../step/micro-op.ts'
import { rootHash } from '../trie/hash.ts'
import { emptyRoot } from '../trie/node.ts'
import { stateAfterBlock, stateBeforeBlock } from './block-state.ts'
import { blockWords } from './block-words.ts'
import type { Committer } from './committer.ts'
import { encodeWords } from './encode-words.ts'
import { frameHash, stackHash } from './frame-words.ts'
import { hashWordBytes } from './hash.ts'
import { hasTransaction } from './in-use.ts'
import { sectionHash, sectionSizes } from './machine-words.ts'
import { memoryRoot, takeWrite } from './memory-tree.ts'
import { microOpWords } from './micro-op-words.ts'
import { writePacked } from './packed.ts'
import { runWords, segmentsBegun } from './run-words.ts'
import { memoized } from './section-memo.ts'
import { zeroWord } from './stack-chain.ts'
import { txWords } from './tx-words.ts'
import { wordTreeRoot } from './word-tree.ts'

export { hasTransaction } from './in-use.ts'

const machineTag = hexToBytes(tags.machine)

/** Hashes of sections that are not in use. */
export const emptySections: { readonly [section in 'b' | 't' | 'f' | 'x']: Uint8Array } = {
  b: sectionHash('b', new Uint8Array(32 * sectionSizes.b)),
  t: sectionHash('t', new Uint8Array(32 * sectionSizes.t)),
  f: sectionHash('f', new Uint8Array(32 * sectionSizes.f)),
  x: sectionHash('x', new Uint8Array(32 * sectionSizes.x)),
}

const whole = new Uint8Array(128)
const wholeView = new DataView(whole.buffer)
const emptyMemory = wordTreeRoot(undefined)

/**
 * Commitment of a machine, 32 bytes: inside of a segment and between two the machine's hash, between blocks that of the BlockState
 * (docs/protocol/machine.md). Before its first micro-op (`steps` 0) a machine commits to what was before the segment. Throws {@link MachineError}
 * `NO_BLOCK_STATE` between blocks without what a BlockState needs.
 */
export function commitMachine(c: Committer, m: Machine): Uint8Array {
  takeWrite(c)
  if (m.status === status.blockEnd) return stateAfterBlock(m)
  const runs = m.status === status.running && m.steps > 0
  if (!runs && m.status === status.running && m.x.op === microOp.blockBegin) return stateBeforeBlock(m)
  return machineHash(c, m, runs)
}

/** `keccak256(rest ‖ packed ‖ stackHash ‖ memRoot)` */
function machineHash(c: Committer, m: Machine, runs: boolean): Uint8Array {
  const { f } = m
  const hasFrame = runs && f.depth >= 0
  whole.set(restHash(c, m, runs), 0)
  const stack = hasFrame ? stackHash(c, f) : zeroWord
  const memory = hasFrame ? memoryRoot(c, f) : emptyMemory
  writePacked(wholeView, 32, hasFrame ? f : noFrame, runs ? status.running : status.segmentEnd)
  whole.set(stack, 64)
  whole.set(memory, 96)
  return keccak256(whole)
}

const noFrame = { pc: 0, gas: 0, sp: 0, memWords: 0 }

/** `H(machine, stateRoot, scratchRoot, hash of R, of B, of T, of F, of X)` */
function restHash(c: Committer, m: Machine, runs: boolean): Uint8Array {
  const hasTx = hasTransaction(m)
  const scratch = hasTx ? m.t.scratch : undefined
  const r = runHash(c, m)
  const b = blockHash(c, m)
  const t = hasTx ? txHash(c, m) : emptySections.t
  const f = runs && m.f.depth >= 0 ? frameHash(c, m) : emptySections.f
  const x = runs && m.x.op !== microOp.opcode ? sectionHash('x', microOpWords(c, m)) : emptySections.x
  return memoized(c.sections, 'rest', [m.state, scratch, r, b, t, f, x], () =>
    hashWordBytes(
      machineTag,
      encodeWords([rootHash(m.state), scratch === undefined ? emptyRoot : rootHash(scratch), r, b, t, f, x]),
    ),
  )
}

function runHash(c: Committer, m: Machine): Uint8Array {
  const { deposits, entries } = segmentsBegun(m)
  // The op tells which roots sealing has made.
  const sealing = m.x.op >= microOp.blockBegin ? m.x.op : 0
  const key = [m.records, m.records.length, m.b.cumulativeGas, deposits, entries, sealing]
  return memoized(c.sections, 'r', key, () => sectionHash('r', runWords(c, m)))
}

function blockHash(c: Committer, m: Machine): Uint8Array {
  const { number, timestamp, gasLimit, baseFee, prevRandao } = m.b
  const key = [m.anchors, m.context, number, timestamp, gasLimit, baseFee, prevRandao]
  return memoized(c.sections, 'b', key, () => sectionHash('b', blockWords(m)))
}

function txHash(c: Committer, m: Machine): Uint8Array {
  const { t } = m
  const key = [
    t,
    t.refund,
    t.destroyed,
    t.logs.length,
    t.logs.at(-1),
    t.success,
    t.gasLeft,
    t.gasUsed,
    t.nonce,
    t.startState,
    t.warmed,
    t.authorized,
    t.bloomed,
  ]
  return memoized(c.sections, 't', key, () => sectionHash('t', txWords(c, m)))
}
