import type { OwnChildren, RightChild, UnknownChild } from '@crema/dispute'
import { assertionChainAbi, type L1Client, readAssertion, readChildren } from '@crema/l1'
import { type BlockState, blockStatus, type Hash, type RollupConfig, stateHash } from '@crema/protocol'
import { createWalletClient, http, type LocalAccount } from 'viem'

const NO_BOND: Hash = `0x${'00'.repeat(32)}`
const NO_HASH = NO_BOND

/** Where somebody asserts by hand. */
export interface AssertingSide {
  readonly l1: L1Client
  readonly l1Url: string
  readonly config: RollupConfig
  readonly account: LocalAccount
}

/** Fixes the target of a parent's children, unless it is. Throws what L1 says. */
export async function fixTarget(side: AssertingSide, parentId: Hash): Promise<void> {
  const { l1, config } = side
  if ((await readChildren(l1, config.l1Contracts.assertionChain, parentId)).targetFixed) return
  await mined(side, 'fixTarget', [parentId], 0n)
}

/** What `children` take for the right first child of a parent whose target is fixed; `parentEnd` is its end. Throws `L1Error`. */
export async function firstChildOf(
  { l1, config }: AssertingSide,
  children: OwnChildren,
  parentId: Hash,
  parentEnd: BlockState,
): Promise<RightChild | UnknownChild> {
  const { assertionChain, stepVerifier } = config.l1Contracts
  const [stored, { targetCount, targetRoot, reopenEpoch }, { number, hash, timestamp }] = await Promise.all([
    readAssertion(l1, assertionChain, parentId),
    readChildren(l1, assertionChain, parentId),
    l1.getBlock(),
  ])
  const { l2BlockNumber, inboxCount } = stored
  const startHash = stateHash({ ...parentEnd, gasSinceAssertionStart: 0n, status: blockStatus.blockEnd })
  return children.rightChild({
    parentId,
    reopenEpoch,
    block: { number, hash, timestamp },
    parent: {
      ...{ l2BlockNumber, inboxCount, stateHash: stored.stateHash, startHash, targetCount, targetRoot },
      ...{ fate: 'confirmed', currentEpoch: reopenEpoch, verifier: stepVerifier },
      // As it will be once the child is there.
      ...{ firstChildAt: timestamp, firstRivalAt: 0n, firstChildId: NO_HASH },
    },
  })
}

/** Asserts a first child with a stake of its own. Throws what L1 says. */
export function proposeFirst(
  side: AssertingSide,
  { parentId, id, end }: Pick<RightChild, 'parentId' | 'id' | 'end'>,
): Promise<void> {
  return mined(side, 'propose', [id, parentId, end, NO_BOND], side.config.stake)
}

async function mined(
  { l1, l1Url, config, account }: AssertingSide,
  functionName: 'fixTarget' | 'propose',
  args: readonly unknown[],
  value: bigint,
): Promise<void> {
  const wallet = createWalletClient({ account, transport: http(l1Url) })
  const contract = { address: config.l1Contracts.assertionChain, abi: assertionChainAbi, chain: null } as const
  const hash = await wallet.writeContract({ ...contract, functionName, args, value } as never)
  const { status } = await l1.waitForTransactionReceipt({ hash, pollingInterval: 50 })
  if (status !== 'success') throw new Error(`L1 refused ${functionName}`)
}
