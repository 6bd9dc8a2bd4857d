import { keccak256, tags } from '@crema/protocol'
import { LOG_PIECE } from '../step/sizes.ts'
import { pairHasher } from './hash.ts'
import { zeroWord } from './stack-chain.ts'

const link = pairHasher(tags.logData)

/**
 * Chain of a log's data in pieces of 4,096 bytes, the first outermost: `H(logData, keccak256(piece), rest)`, end 0; of no data 0. `from` is where the
 * first piece starts and `rest` the chain of all behind `to`.
 */
export function logDataChain(data: Uint8Array, from = 0, to: number = data.length, rest = zeroWord): Uint8Array {
  let chain = rest
  for (let start = LOG_PIECE * (Math.ceil(to / LOG_PIECE) - 1); start >= from; start -= LOG_PIECE)
    chain = link(keccak256(data.subarray(start, Math.min(start + LOG_PIECE, to))), chain)
  return chain
}
