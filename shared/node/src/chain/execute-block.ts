import type { BlockPosition, DepositAlias, StoredLeafRef } from '@crema/chain-store'
import type { DerivedBlock } from '@crema/derivation'
import {
  type Deposit,
  depositTransactionHash,
  type Hash,
  keccak256Hex,
  type LeafKind,
  opDepositAlias,
} from '@crema/protocol'
import type { NodeContext } from '../context.ts'
import { NodeError } from '../errors.ts'
import { positionAt } from './positions.ts'

/** What a block's position needs besides what derivation gives. */
export interface BlockOrigin {
  readonly kind: LeafKind
  readonly sequencerHeight: bigint
  readonly leaf?: StoredLeafRef
}

/**
 * Executes a derived block on top of the chain and stores it with its state in one transaction. Must run on the node's writer.
 * Throws what the executor and the store throw; then nothing was stored.
 */
export async function executeBlock(context: NodeContext, derived: DerivedBlock, from: BlockOrigin): Promise<void> {
  const { store, executor, logger } = context
  const { latest } = store.heads()
  const parent = store.headerByNumber(latest.number)
  if (parent === undefined) throw new NodeError('MISSING_BLOCK', `no header ${latest.number} in the store`)
  const { block, writes } = await executor.executeBlock(parent, derived.input)
  const position: BlockPosition = {
    sequencerHeight: from.sequencerHeight,
    laneHeight: derived.position.laneHeight,
    laneTip: derived.position.laneTip,
    kind: from.kind,
    timestamp: derived.position.timestamp,
    origin: derived.position.origin,
    depositEnd: derived.position.depositEnd,
    inboxIndex: derived.position.inboxCount - 1n,
    payloadHash: keccak256Hex(derived.input.payload),
    ...(derived.input.payload.length === 0 ? {} : { payload: derived.input.payload }),
    gasSinceGenesis: positionAt(store, latest.number).gasSinceGenesis + block.header.gasUsed,
    ...(from.leaf === undefined ? {} : { leafHash: from.leaf.leafHash }),
  }
  store.commitBlock({
    block,
    writes,
    position,
    depositAliases: derived.input.deposits.map((deposit) => aliasOf(deposit, context.config.l1Contracts.portal)),
    ...(from.leaf === undefined ? {} : { leaf: from.leaf }),
  })
  logger.debug(
    {
      number: block.header.number,
      hash: block.hash,
      transactions: block.transactions.length,
      skipped: block.skipped.length,
      gasUsed: block.header.gasUsed,
    },
    'executed block',
  )
  context.emit({ type: 'block', block })
}

function aliasOf(deposit: Deposit, portal: Hash): DepositAlias {
  return {
    alias: opDepositAlias(deposit.l1BlockHash, deposit.l1LogIndex, deposit),
    hash: depositTransactionHash(deposit, portal),
  }
}
