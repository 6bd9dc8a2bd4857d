import type { Method } from '../../context.ts'
import { blockNumber } from '../../params/block-id.ts'
import { count, hash, required } from '../../params/primitives.ts'
import { findHeader } from '../../state/resolve-block.ts'

/** `eth_getUncleCountByBlockNumber(number or tag)`: zero for any block there is. */
export const getUncleCountByBlockNumber: Method = (context, params) =>
  findHeader(context, required(params, 0, blockNumber)) === undefined ? null : '0x0'

/** `eth_getUncleCountByBlockHash(hash)` */
export const getUncleCountByBlockHash: Method = (context, params) =>
  context.chain.headerByHash(required(params, 0, hash)) === undefined ? null : '0x0'

/** `eth_getUncleByBlockNumberAndIndex(number or tag, index)`: there are none. */
export const getUncleByBlockNumberAndIndex: Method = (_context, params) => {
  required(params, 0, blockNumber)
  required(params, 1, count)
  return null
}

/** `eth_getUncleByBlockHashAndIndex(hash, index)`: there are none. */
export const getUncleByBlockHashAndIndex: Method = (_context, params) => {
  required(params, 0, hash)
  required(params, 1, count)
  return null
}
