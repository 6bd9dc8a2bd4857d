import { toBlob, toCount } from '../columns.ts'
import type { StoreContext } from '../context.ts'
import { ChainStoreError } from '../errors.ts'
import type { ChainIdentity, GenesisEntry } from '../types.ts'
import { readIdentity, requireSameChain } from './heads.ts'
import { writeState } from './state.ts'
import { writeBlock } from './write-block.ts'

/** See {@link ChainStore.initialize}; `expected` is what the store was opened for. */
export function initialize(context: StoreContext, genesis: GenesisEntry, expected: ChainIdentity | undefined): void {
  const identity = { genesisHash: genesis.block.hash, configDigest: genesis.configDigest }
  if (expected !== undefined) requireSameChain(context.db.name, identity, expected)
  context.write(() => {
    const stored = readIdentity(context)
    if (stored !== undefined) return requireSameChain(context.db.name, stored, identity)
    const { number, timestamp } = genesis.block.header
    if (genesis.position.inboxIndex !== -1n || genesis.position.timestamp !== timestamp)
      throw new ChainStoreError('BAD_BLOCK', 'the position is not that of this genesis', {
        details: { inboxIndex: genesis.position.inboxIndex, timestamp: genesis.position.timestamp },
      })
    context
      .statement('INSERT INTO chain VALUES (1, ?, ?, ?, ?, ?, 0, 0)')
      .run(
        toCount(number),
        toBlob(identity.genesisHash),
        toBlob(identity.configDigest),
        toCount(number),
        toCount(number),
      )
    writeState(context, genesis.writes)
    writeBlock(context, genesis.block, genesis.position, [])
  })
}
