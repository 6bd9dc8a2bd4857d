import { outputRoot } from '@crema/protocol'
import type { Method } from '../../context.ts'
import { rpcError } from '../../errors.ts'
import { quantities } from '../../format/quantity.ts'
import { blockId, latest } from '../../params/block-id.ts'
import { optional } from '../../params/primitives.ts'
import { findHeader } from '../../state/resolve-block.ts'

/** `rollup_outputAtBlock(block)`: version-0 output root of a block and what it commits to. Throws `-32001` for an unknown block. */
export const outputAtBlock: Method = (context, params) => {
  const header = findHeader(context, optional(params, 0, blockId, latest))
  if (header?.withdrawalsRoot === undefined) throw rpcError('notFound', 'block')
  const { hash, number, parentHash, timestamp, stateRoot, withdrawalsRoot } = header
  return quantities({
    version: `0x${'00'.repeat(32)}`,
    outputRoot: outputRoot({ stateRoot, withdrawalsRoot, blockHash: hash }),
    blockRef: { hash, number, parentHash, timestamp },
    withdrawalStorageRoot: withdrawalsRoot,
    stateRoot,
  })
}
