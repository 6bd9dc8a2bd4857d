import { type Machine, type SourceKind, sourceKind } from '../../state/machine.ts'
import { storeRange } from '../../state/memory.ts'
import { noteBytes, noteCode, noteSlice, type Witness } from '../../state/witness.ts'
import { microOp } from '../micro-op.ts'
import { CHUNK } from '../sizes.ts'

/** Puts a copy of `length` > 0 bytes into X; what lies beyond the source is zero. `source` is not used for the own memory. */
export function startCopy(
  m: Machine,
  kind: SourceKind,
  source: Uint8Array,
  srcOff: number,
  length: number,
  dstOff: number,
): undefined {
  const { x } = m
  x.op = microOp.copyChunk
  x.sourceKind = kind
  x.source = source
  x.srcOff = srcOff
  x.srcLen = length
  x.dstOff = dstOff
}

/** Copies what of the rest lies in one block of memory: the first, or when it goes downwards the last that the destination is in. */
export function copyChunk(m: Machine): undefined {
  const { x } = m
  if (x.sourceKind === sourceKind.memoryDown) copyDown(m)
  else copyUp(m)
  if (x.srcLen === 0) x.op = microOp.opcode
}

function copyUp(m: Machine): undefined {
  const { f, x } = m
  const size = Math.min(x.srcLen, CHUNK - (x.dstOff % CHUNK))
  const source = x.sourceKind === sourceKind.memoryUp ? f.memory : x.source
  if (m.witness !== undefined) noteSource(m, m.witness, size)
  storeRange(m, f, x.dstOff, source, x.srcOff, size)
  x.srcOff += size
  x.dstOff += size
  x.srcLen -= size
}

function copyDown(m: Machine): undefined {
  const { f, x } = m
  const end = x.dstOff + x.srcLen
  const start = Math.max(x.dstOff, CHUNK * Math.floor((end - 1) / CHUNK))
  const skipped = start - x.dstOff
  if (m.witness !== undefined) noteBytes(m.witness, f.memory.buffer, x.srcOff + skipped, end - start)
  storeRange(m, f, start, f.memory, x.srcOff + skipped, end - start)
  x.srcLen = skipped
}

/** What an upward chunk reads: of a slice and of memory the bytes, of code all of it, unless nothing is left. */
function noteSource({ f, x }: Machine, w: Witness, size: number): undefined {
  if (x.sourceKind === sourceKind.slice) noteSlice(w, x.source, x.srcOff, size)
  else if (x.sourceKind === sourceKind.memoryUp) noteBytes(w, f.memory.buffer, x.srcOff, size)
  else if (x.srcOff < x.source.length) noteCode(w, x.source)
}
