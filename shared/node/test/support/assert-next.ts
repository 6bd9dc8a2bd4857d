import { assertionChainAbi, readChildren } from '@crema/l1'
import { type BlockState, blockStatus, type Hash, stateHash } from '@crema/protocol'
import { type ForcedRollup, testAccount } from '@crema/testing'
import { createWalletClient, http } from 'viem'
import { createDisputeInputs, type DisputeInputs, type ProvableBlocks } from '../../src/dispute/provable-blocks.ts'

const PROPOSER = 3
const NO_BOND: Hash = `0x${'00'.repeat(32)}`

/** An assertion that L1 took. */
export interface Asserted {
  readonly id: Hash
  readonly end: BlockState
  readonly blocks: ProvableBlocks
}

/** The state that the children of an assertion begin with. */
export const startHash = (parentEnd: BlockState): Hash =>
  stateHash({ ...parentEnd, gasSinceAssertionStart: 0n, status: blockStatus.blockEnd })

/** Asserts on L1 what the node has after `parent`; undefined when the parent consumed all leaves. */
export async function assertNext(
  { l1, l1Url, config, node }: ForcedRollup,
  parent: { readonly id: Hash; readonly end: BlockState },
  inputs: DisputeInputs = createDisputeInputs(node.store, config),
): Promise<Asserted | undefined> {
  const contract = { address: config.l1Contracts.assertionChain, abi: assertionChainAbi, chain: null } as const
  if (parent.end.inboxCount === node.store.leafCount()) return undefined
  const wallet = createWalletClient({ account: testAccount(PROPOSER), transport: http(l1Url) })
  const mined = async (sent: Promise<Hash>): Promise<void> => {
    const { status } = await l1.waitForTransactionReceipt({ hash: await sent, pollingInterval: 20 })
    if (status !== 'success') throw new Error('L1 refused an assertion')
  }
  const { targetFixed } = await readChildren(l1, contract.address, parent.id)
  if (!targetFixed) await mined(wallet.writeContract({ ...contract, functionName: 'fixTarget', args: [parent.id] }))
  const { targetCount, targetRoot } = await readChildren(l1, contract.address, parent.id)
  const blocks = await inputs.open({
    startHash: startHash(parent.end),
    startInboxCount: parent.end.inboxCount,
    targetCount,
    inboxRoot: targetRoot,
  })
  const { end } = blocks
  const id = await l1.readContract({ ...contract, functionName: 'assertionIdOf', args: [parent.id, end] })
  const value = config.stake
  await mined(
    wallet.writeContract({ ...contract, functionName: 'propose', args: [id, parent.id, end, NO_BOND], value }),
  )
  return { id, end, blocks }
}
