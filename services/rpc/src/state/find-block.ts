import type { L2Block } from '@crema/protocol'
import type { BlockId } from '../params/block-id.ts'
import { type ChainView, findHeader, tagNumber } from './resolve-block.ts'

/** Block that a block id names, or undefined. */
export function findBlock(view: ChainView, id: BlockId): L2Block | undefined {
  if (id.kind === 'number') return view.chain.blockByNumber(id.number)
  if (id.kind === 'tag') return view.chain.blockByNumber(tagNumber(view, id.tag))
  return findHeader(view, id) === undefined ? undefined : view.chain.blockByHash(id.hash)
}
