import type { Machine } from '../../state/machine.ts'
import { storeRange } from '../../state/memory.ts'
import { microOp } from '../micro-op.ts'

/** Bytes that one copyChunk writes at most: an aligned block of memory. */
export const CHUNK = 2048

/** Puts a copy of `length` > 0 bytes into X; what lies beyond the source is zero. */
export function startCopy(m: Machine, source: Uint8Array, srcOff: number, length: number, dstOff: number): undefined {
  const { x } = m
  x.op = microOp.copyChunk
  x.source = source
  x.srcOff = srcOff
  x.srcLen = length
  x.dstOff = dstOff
}

/** Copies up to the end of the block of memory that the destination is in; idle when nothing is left. */
export function copyChunk({ f, x }: Machine): undefined {
  const size = Math.min(x.srcLen, CHUNK - (x.dstOff % CHUNK))
  storeRange(f, x.dstOff, x.source, x.srcOff, size)
  x.srcOff += size
  x.dstOff += size
  x.srcLen -= size
  if (x.srcLen === 0) x.op = microOp.opcode
}
