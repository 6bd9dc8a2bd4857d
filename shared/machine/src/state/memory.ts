import type { Frame } from './frame.ts'
import type { Machine } from './machine.ts'
import { noteBytes, noteSlice } from './witness.ts'
import { readWord, writeWord } from './words.ts'

/** No gas limit pays for memory up to here. */
const LIMIT = 2n ** 32n

/** Charges `gas`; false when there is not enough. */
export function charge(f: Frame, gas: number): boolean {
  f.gas -= gas
  return f.gas >= 0
}

/** Charges for and grows memory to hold `length` bytes from `offset`; false when gas does not suffice. No length touches nothing. */
export function expand(f: Frame, offset: bigint, length: bigint): boolean {
  if (length === 0n) return true
  if (offset >= LIMIT || length >= LIMIT) return false
  return expandTo(f, Number(offset) + Number(length))
}

/** As {@link expand}, to hold `end` bytes. */
export function expandTo(f: Frame, end: number): boolean {
  const words = Math.ceil(end / 32)
  if (words <= f.memWords) return true
  if (!charge(f, memoryGas(words) - memoryGas(f.memWords))) return false
  f.memWords = words
  const size = words * 32
  if (size > f.memory.length) {
    const memory = new Uint8Array(Math.max(size, 2 * f.memory.length, 1024))
    memory.set(f.memory)
    f.memory = memory
  }
  return true
}

function memoryGas(words: number): number {
  return 3 * words + Math.floor((words * words) / 512)
}

/** The slice of memory for stack words `offset` and `length`, as it is now: empty for no length, whatever the offset. Its bytes are not read. */
export function memorySlice(f: Frame, offset: bigint, length: bigint): Uint8Array {
  return length === 0n ? none : f.memory.subarray(Number(offset), Number(offset) + Number(length))
}

const none = new Uint8Array(0)

/** Bytes of memory that was grown before: a view that nothing may hold when memory changes. */
export function readMemory(m: Machine, f: Frame, offset: bigint, length: bigint): Uint8Array {
  const slice = memorySlice(f, offset, length)
  if (m.witness !== undefined) noteSlice(m.witness, slice, 0, slice.length)
  return slice
}

/** The word at `offset`. */
export function loadWord(m: Machine, f: Frame, offset: number): bigint {
  if (m.witness !== undefined) noteBytes(m.witness, f.memory.buffer, offset, 32)
  return readWord(f.memory, offset)
}

/** Writes a word at `offset`. */
export function storeWord(m: Machine, f: Frame, offset: number, word: bigint): void {
  if (m.witness !== undefined) noteBytes(m.witness, f.memory.buffer, offset, 32)
  writeWord(f.memory, offset, word)
}

/** Writes one byte. */
export function storeByte(m: Machine, f: Frame, offset: number, byte: number): void {
  if (m.witness !== undefined) noteBytes(m.witness, f.memory.buffer, offset, 1)
  f.memory[offset] = byte
}

/** Writes `length` > 0 bytes of `source` from `srcOff` on, zeros beyond its end, at `offset`. The source is not noted, the old words are. */
export function storeRange(
  m: Machine,
  f: Frame,
  offset: number,
  source: Uint8Array,
  srcOff: number,
  length: number,
): void {
  if (m.witness !== undefined) noteBytes(m.witness, f.memory.buffer, offset, length)
  const given = Math.max(0, Math.min(length, source.length - srcOff))
  if (given > 0) f.memory.set(source.subarray(srcOff, srcOff + given), offset)
  f.memory.fill(0, offset + given, offset + length)
}
