import { keccak256Hex } from '@crema/protocol'
import type { Method } from '../../context.ts'
import { bytes, required } from '../../params/primitives.ts'

/** `web3_sha3(data)`: keccak256. */
export const sha3: Method = (_context, params) => keccak256Hex(required(params, 0, bytes))
