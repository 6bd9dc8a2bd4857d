import type { Machine } from './machine.ts'
import { noteSlice } from './witness.ts'
import { padded } from './words.ts'

/** `length` bytes of a slice from `offset` on, zeros beyond its end; a view where nothing is beyond. */
export function readBytes(m: Machine, slice: Uint8Array, offset: number, length: number): Uint8Array {
  if (m.witness !== undefined) noteSlice(m.witness, slice, offset, length)
  return padded(slice, offset, length)
}
