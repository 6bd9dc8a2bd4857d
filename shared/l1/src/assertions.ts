import type { Address, BlockState, Hash } from '@crema/protocol'
import type { L1Client } from './client.ts'
import { type Fate, fates } from './disputes/types.ts'
import { reading } from './errors.ts'
import { assertionChainAbi } from './generated/AssertionChain.ts'

/** Life of an assertion as the contract numbers it. */
export const assertionStatus = { none: 0, pending: 1, confirmed: 2 } as const

/** An assertion as L1 announces it. */
export interface ProposedAssertion {
  readonly id: Hash
  readonly parentId: Hash
  readonly proposer: Address
  readonly end: BlockState
  readonly bondId: Hash
  /** Undefined for a first child. */
  readonly traceRoot: Hash | undefined
  readonly l1BlockNumber: bigint
  readonly l1BlockHash: Hash
  readonly l1TransactionHash: Hash
}

/** An assertion as the contract stores it. Timestamps are seconds. */
export interface StoredAssertion {
  readonly parentId: Hash
  readonly stateHash: Hash
  readonly outputRoot: Hash
  readonly l2BlockNumber: bigint
  readonly inboxCount: bigint
  readonly createdAt: bigint
  readonly depth: number
  /** Times its parent's children had been reopened when it was made. */
  readonly reopenEpoch: number
  readonly status: number
  readonly proposer: Address
  readonly bondId: Hash
}

/** What stands on an assertion. */
export interface AssertionChildren {
  readonly targetFixed: boolean
  readonly targetCount: bigint
  readonly targetRoot: Hash
  readonly firstChildId: Hash
  readonly firstChildAt: bigint
  readonly firstRivalAt: bigint
  /** Times the children were reopened. */
  readonly reopenEpoch: number
  /** Step verifier that the first child pinned; meaningless before. */
  readonly verifier: Address
}

const lower = <T extends string>(text: T): T => text.toLowerCase() as T

/** Assertions proposed in a range of L1 blocks, first children and rivals, in order. Throws `L1Error`. */
export async function readProposedAssertions(
  client: L1Client,
  assertionChain: Address,
  fromBlock: bigint,
  toBlock: bigint,
): Promise<ProposedAssertion[]> {
  const logs = await reading('eth_getLogs', () =>
    client.getContractEvents({ address: assertionChain, abi: assertionChainAbi, fromBlock, toBlock, strict: true }),
  )
  return logs.flatMap((log) => {
    if (log.eventName !== 'AssertionProposed' && log.eventName !== 'RivalProposed') return []
    const { id, parentId, proposer, end, bondId } = log.args
    return [
      {
        id,
        parentId,
        proposer: lower(proposer),
        end: end as BlockState,
        bondId,
        traceRoot: log.eventName === 'RivalProposed' ? log.args.traceRoot : undefined,
        l1BlockNumber: log.blockNumber,
        l1BlockHash: log.blockHash,
        l1TransactionHash: log.transactionHash,
      },
    ]
  })
}

/** An assertion as stored now; status `none` when unknown. Throws `L1Error`. */
export async function readAssertion(client: L1Client, assertionChain: Address, id: Hash): Promise<StoredAssertion> {
  const stored = await reading('AssertionChain.assertion', () =>
    client.readContract({ address: assertionChain, abi: assertionChainAbi, functionName: 'assertion', args: [id] }),
  )
  return { ...stored, proposer: lower(stored.proposer) }
}

/** What became of an assertion, marked or not, as of an L1 block, by default the newest; `none` when unknown. Throws `L1Error`. */
export async function readFate(
  client: L1Client,
  assertionChain: Address,
  id: Hash,
  blockNumber?: bigint,
): Promise<Fate> {
  const at = blockNumber === undefined ? {} : { blockNumber }
  const fate = await reading('AssertionChain.fate', () =>
    client.readContract({ ...at, address: assertionChain, abi: assertionChainAbi, functionName: 'fate', args: [id] }),
  )
  return fates[fate] ?? 'none'
}

/** Children of an assertion as stored now. Throws `L1Error`. */
export function readChildren(client: L1Client, assertionChain: Address, id: Hash): Promise<AssertionChildren> {
  return reading('AssertionChain.children', () =>
    client.readContract({ address: assertionChain, abi: assertionChainAbi, functionName: 'children', args: [id] }),
  )
}

/**
 * Step verifier that the id of a child stands on: what its parent pinned. An epoch that is over is not stored any more; of its children the one that the rollup was
 * deployed with is assumed, and an id that stands on another is then not that of its parts.
 */
export function verifierOfChild(
  { reopenEpoch }: Pick<StoredAssertion, 'reopenEpoch'>,
  siblings: Pick<AssertionChildren, 'reopenEpoch' | 'verifier'>,
  deployed: Address,
): Address {
  return siblings.reopenEpoch === reopenEpoch ? siblings.verifier : deployed
}

/** Newest confirmed assertion. Throws `L1Error`. */
export function readLatestConfirmed(client: L1Client, assertionChain: Address): Promise<Hash> {
  return reading('AssertionChain.latestConfirmed', () =>
    client.readContract({ address: assertionChain, abi: assertionChainAbi, functionName: 'latestConfirmed' }),
  )
}

/** Last assertion on the line from genesis to the latest without a rival. Throws `L1Error`. */
export async function readLineTip(client: L1Client, assertionChain: Address): Promise<Hash> {
  const contract = { address: assertionChain, abi: assertionChainAbi } as const
  const length = await reading('AssertionChain.lineLength', () =>
    client.readContract({ ...contract, functionName: 'lineLength' }),
  )
  return reading('AssertionChain.lineAt', () =>
    client.readContract({ ...contract, functionName: 'lineAt', args: [length - 1n] }),
  )
}
