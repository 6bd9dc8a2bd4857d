import type { Frame } from '../state/frame.ts'

/** What of a frame changes at every opcode, stack and memory apart. */
export type Packed = Pick<Frame, 'pc' | 'gas' | 'sp' | 'memWords'>

/** `pc | gas << 32 | sp << 96 | memWords << 112 | status << 144` as a word. */
export function packedWord(f: Packed, status: number): Uint8Array {
  const word = new Uint8Array(32)
  writePacked(new DataView(word.buffer), 0, f, status)
  return word
}

/** Writes {@link packedWord} at `offset`, of which all bytes before the status are zero. */
export function writePacked(view: DataView, offset: number, { pc, gas, sp, memWords }: Packed, status: number): void {
  view.setUint8(offset + 13, status)
  view.setUint32(offset + 14, memWords)
  view.setUint16(offset + 18, sp)
  view.setUint32(offset + 20, Math.floor(gas / 2 ** 32))
  view.setUint32(offset + 24, gas % 2 ** 32)
  view.setUint32(offset + 28, pc)
}
