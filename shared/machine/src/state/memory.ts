import type { Frame } from './frame.ts'
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

/** A view of memory that was grown before; nothing may hold it when memory changes. */
export function memoryView(f: Frame, offset: number, length: number): Uint8Array {
  return f.memory.subarray(offset, offset + length)
}

/** The view for stack words `offset` and `length`: empty for no length, whatever the offset. */
export function memorySlice(f: Frame, offset: bigint, length: bigint): Uint8Array {
  return length === 0n ? none : memoryView(f, Number(offset), Number(length))
}

const none = new Uint8Array(0)

/** The word at `offset`. */
export function loadWord(f: Frame, offset: number): bigint {
  return readWord(f.memory, offset)
}

/** Writes a word at `offset`. */
export function storeWord(f: Frame, offset: number, word: bigint): void {
  writeWord(f.memory, offset, word)
}

/** Writes one byte. */
export function storeByte(f: Frame, offset: number, byte: number): void {
  f.memory[offset] = byte
}

/** Writes `length` bytes of `source` from `srcOff` on, zeros beyond its end, at `offset`. */
export function storeRange(f: Frame, offset: number, source: Uint8Array, srcOff: number, length: number): void {
  const given = Math.max(0, Math.min(length, source.length - srcOff))
  if (given > 0) f.memory.set(source.subarray(srcOff, srcOff + given), offset)
  f.memory.fill(0, offset + given, offset + length)
}
