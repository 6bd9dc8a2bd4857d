import { keccakF } from './keccak-f.ts'

/** Bytes of a block of keccak256. */
export const RATE = 136

/** keccak256 on its way: 25 lanes of 64 bits, each as low and high half, and the bytes that wait for their block to be full. */
export interface Sponge {
  /** Lane i is at 2i (low) and 2i + 1 (high); lane x + 5y of FIPS 202. */
  readonly lanes: Int32Array
  /** A block's room; zero behind `partialLength`. */
  readonly partial: Uint8Array
  /** At most 135. */
  partialLength: number
}

/** A sponge that has taken nothing in. */
export function createSponge(): Sponge {
  return { lanes: new Int32Array(50), partial: new Uint8Array(RATE), partialLength: 0 }
}

/** A sponge in the same state. */
export function copySponge({ lanes, partial, partialLength }: Sponge): Sponge {
  return { lanes: lanes.slice(), partial: partial.slice(), partialLength }
}

/** Takes bytes in; every full block is permuted at once. */
export function absorb(sponge: Sponge, bytes: Uint8Array): void {
  const { lanes, partial } = sponge
  let offset = 0
  while (offset < bytes.length) {
    const size = Math.min(RATE - sponge.partialLength, bytes.length - offset)
    partial.set(bytes.subarray(offset, offset + size), sponge.partialLength)
    sponge.partialLength += size
    offset += size
    if (sponge.partialLength < RATE) return
    absorbBlock(lanes, partial)
    partial.fill(0)
    sponge.partialLength = 0
  }
}

/** keccak256 of all that was taken in. The sponge stays as it is. */
export function finish({ lanes, partial, partialLength }: Sponge): Uint8Array {
  const state = lanes.slice()
  const last = partial.slice()
  last[partialLength]! ^= 0x01
  last[RATE - 1]! ^= 0x80
  absorbBlock(state, last)
  const digest = new Uint8Array(32)
  const view = new DataView(digest.buffer)
  for (let i = 0; i < 8; i++) view.setInt32(4 * i, state[i]!, true)
  return digest
}

function absorbBlock(lanes: Int32Array, block: Uint8Array): void {
  const view = new DataView(block.buffer, block.byteOffset, RATE)
  for (let i = 0; i < RATE / 4; i++) lanes[i]! ^= view.getInt32(4 * i, true)
  keccakF(lanes)
}
