import { keccak256 } from '@crema/protocol'
import type { Frame } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { charge, expand, memorySlice, readMemory } from '../../state/memory.ts'
import { pop, push } from '../../state/stack.ts'
import { noteSlice } from '../../state/witness.ts'
import { readInteger } from '../../state/words.ts'
import { microOp } from '../micro-op.ts'
import { halt } from '../osp-call/halt.ts'
import { KECCAK_ABSORBED, KECCAK_DIRECT } from '../sizes.ts'
import { noteHasher } from './note-hasher.ts'

/** 30 gas and 6 for each word. */
export function keccak(m: Machine, f: Frame): undefined {
  const offset = pop(f)
  const length = pop(f)
  if (length >= 2n ** 32n || !charge(f, 6 * Math.ceil(Number(length) / 32))) return halt(m)
  if (!expand(f, offset, length)) return halt(m)
  if (length <= BigInt(KECCAK_DIRECT)) return push(f, readInteger(keccak256(readMemory(m, f, offset, length)), 0, 32))
  const data = memorySlice(f, offset, length)
  const { x } = m
  x.op = microOp.kecAbsorb
  x.source = data
  x.srcOff = 0
  x.srcLen = data.length
}

/** Takes in 32 blocks. Without commitments the lanes are not computed: {@link kecEnd} hashes all at once. */
export function kecAbsorb(m: Machine): undefined {
  const { x } = m
  if (m.witness !== undefined) {
    noteHasher(m.witness, x.source, x.srcOff)
    noteSlice(m.witness, x.source, x.srcOff, KECCAK_ABSORBED)
  }
  x.srcOff += KECCAK_ABSORBED
  if (x.srcOff >= x.srcLen) x.op = microOp.kecEnd
}

/** Pads, and pushes the hash. */
export function kecEnd(m: Machine): undefined {
  const { f, x } = m
  if (m.witness !== undefined) noteHasher(m.witness, x.source, x.source.length)
  push(f, readInteger(keccak256(x.source), 0, 32))
  x.op = microOp.opcode
}
