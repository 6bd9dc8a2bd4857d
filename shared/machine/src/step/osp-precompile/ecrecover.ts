import { bytesToHex, hexToBytes, recoverAddress } from '@crema/protocol'
import { padded, readInteger } from '../../state/words.ts'
import type { Precompile } from './types.ts'

const nothing = new Uint8Array(0)

/** Signer of a hash; nothing, but no failure, where there is none. */
export const ecrecover: Precompile = {
  price: () => 3_000,
  run(input) {
    const data = padded(input, 0, 128)
    const v = readInteger(data, 32, 32)
    if (v !== 27n && v !== 28n) return nothing
    const signature = {
      r: readInteger(data, 64, 32),
      s: readInteger(data, 96, 32),
      yParity: v === 28n ? 1 : 0,
    } as const
    const signer = recoverAddress(bytesToHex(data.subarray(0, 32)), signature)
    if (signer === undefined) return nothing
    const output = new Uint8Array(32)
    output.set(hexToBytes(signer), 12)
    return output
  },
}
