import type { SealedHeader } from '@crema/execution'
import type { ChainReader } from '@crema/protocol'
import { rpcError } from '../errors.ts'
import type { BlockId, BlockTag } from '../params/block-id.ts'

/** What is needed to find a block. */
export interface ChainView {
  readonly chain: ChainReader
  /** Number of the genesis block, which `earliest` names. */
  readonly genesisNumber: bigint
}

/** Header that a block id names, or undefined. `pending` is the newest block: its state is what the next block starts from. */
export function findHeader(view: ChainView, id: BlockId): SealedHeader | undefined {
  const { chain } = view
  if (id.kind === 'number') return chain.headerByNumber(id.number)
  if (id.kind === 'tag') return chain.headerByNumber(tagNumber(view, id.tag))
  const header = chain.headerByHash(id.hash)
  if (header !== undefined && id.requireCanonical && chain.headerByNumber(header.number)?.hash !== header.hash) {
    throw rpcError('notCanonical')
  }
  return header
}

/** {@link findHeader} for state reads. Throws `header not found`. */
export function resolveHeader(view: ChainView, id: BlockId): SealedHeader {
  const header = findHeader(view, id)
  if (header === undefined) throw rpcError('headerNotFound')
  return header
}

/** The newest header. */
export function latestHeader(view: ChainView): SealedHeader {
  return resolveHeader(view, { kind: 'tag', tag: 'latest' })
}

/** Number of the block that `tag` names now. */
export function tagNumber(view: ChainView, tag: BlockTag): bigint {
  if (tag === 'earliest') return view.genesisNumber
  const heads = view.chain.heads()
  return heads[tag === 'pending' ? 'latest' : tag].number
}
