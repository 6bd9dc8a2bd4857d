import type { Address, Hash } from '@crema/protocol'
import { readFate } from '../assertions.ts'
import type { L1Client } from '../client.ts'
import { L1Error, reading } from '../errors.ts'
import { assertionChainAbi } from '../generated/AssertionChain.ts'
import { bondVaultAbi } from '../generated/BondVault.ts'
import { disputeManagerAbi } from '../generated/DisputeManager.ts'
import { guardianPauseAbi } from '../generated/GuardianPause.ts'
import { readL1Block } from '../l1-block.ts'
import type { DisputeContracts } from './contracts.ts'
import { commitmentStatuses, type DisputeCommitment, duelStatuses, type Fate, type OwnBond } from './types.ts'

export interface ViewedBlock {
  readonly number: bigint
  readonly hash: Hash
  /** Seconds. */
  readonly timestamp: bigint
}

/** The contracts as they stand at one L1 block. Every read throws `L1Error`. */
export type DisputeView = ReturnType<typeof viewDisputesAt>

/** L1's head. Throws `L1Error`. */
export async function headBlock(client: L1Client): Promise<ViewedBlock> {
  const head = await readL1Block(client, { tag: 'latest' })
  if (head === undefined) throw new L1Error('L1_BAD_RESPONSE', 'L1 has no latest block')
  return { number: head.number, hash: head.hash, timestamp: head.timestamp }
}

/** The block at a height that L1 was seen to have. Throws {@link L1Error}, `L1_INCONSISTENT` when it has none there any more. */
export async function blockAt(client: L1Client, number: bigint): Promise<ViewedBlock> {
  const block = await readL1Block(client, { number })
  if (block !== undefined) return { number, hash: block.hash, timestamp: block.timestamp }
  throw new L1Error('L1_INCONSISTENT', 'L1 lost a block while it was read', { details: { number } })
}

/** Throws {@link L1Error} `L1_INCONSISTENT` when the block is no longer the one at its height: what was read of it may be another fork's. */
export async function requireSameBlock(client: L1Client, block: ViewedBlock): Promise<void> {
  const now = await readL1Block(client, { number: block.number })
  if (now?.hash === block.hash) return
  const details = { number: block.number, expected: block.hash, actual: now?.hash }
  throw new L1Error('L1_INCONSISTENT', 'L1 was reorganised while it was read', { details })
}

const lower = <T extends string>(text: T): T => text.toLowerCase() as T

/** Views of the dispute contracts at a block. */
export function viewDisputesAt(client: L1Client, contracts: DisputeContracts, block: ViewedBlock) {
  const at = { blockNumber: block.number }
  const chain = { ...at, address: contracts.assertionChain, abi: assertionChainAbi } as const
  const manager = { ...at, address: contracts.disputeManager, abi: disputeManagerAbi } as const
  const vault = { ...at, address: contracts.bondVault, abi: bondVaultAbi } as const
  const read = <T>(what: string, call: () => Promise<T>) => reading(what, call)
  const fate = (id: Hash): Promise<Fate> => readFate(client, contracts.assertionChain, id, block.number)
  return {
    block,
    challengePeriod: () =>
      read('challengePeriod', () => client.readContract({ ...chain, functionName: 'challengePeriod' })),
    gracePeriod: () => read('gracePeriod', () => client.readContract({ ...chain, functionName: 'gracePeriod' })),
    stake: () => read('stake', () => client.readContract({ ...chain, functionName: 'stake' })),
    latestConfirmed: () =>
      read('latestConfirmed', () => client.readContract({ ...chain, functionName: 'latestConfirmed' })),
    pausedUntil: () =>
      read('pausedUntil', () =>
        client.readContract({
          ...at,
          address: contracts.guardianPause,
          abi: guardianPauseAbi,
          functionName: 'pausedUntil',
        }),
      ),
    fate,
    assertion: (id: Hash) =>
      read('assertion', () => client.readContract({ ...chain, functionName: 'assertion', args: [id] })),
    children: (id: Hash) =>
      read('children', () => client.readContract({ ...chain, functionName: 'children', args: [id] })),
    aliveCommitments: (id: Hash) =>
      read('aliveCommitments', () => client.readContract({ ...manager, functionName: 'aliveCommitments', args: [id] })),
    dispute: (id: Hash) =>
      read('dispute', () => client.readContract({ ...manager, functionName: 'dispute', args: [id] })),
    pot: (id: Hash) => read('pot', () => client.readContract({ ...vault, functionName: 'pot', args: [id] })),
    commitmentOf: (bondId: Hash, disputeId: Hash) =>
      read('commitmentOf', () =>
        client.readContract({ ...manager, functionName: 'commitmentOf', args: [bondId, disputeId] }),
      ),
    commitment: async (id: Hash, staker: Address): Promise<DisputeCommitment> => {
      const stored = await read('commitment', () =>
        client.readContract({ ...manager, functionName: 'commitment', args: [id] }),
      )
      return {
        id,
        assertionId: stored.assertionId,
        traceRoot: stored.traceRoot,
        bondId: stored.bondId,
        staker,
        joinedAt: BigInt(stored.joinedAt),
        remaining: BigInt(stored.remaining),
        joinIndex: stored.joinIndex,
        status: commitmentStatuses[stored.status] ?? 'none',
        wasEliminated: stored.reason !== 0,
        joinPaid: stored.paid,
        joinCredit: stored.credit,
      }
    },
    duel: async (id: Hash) => {
      const { clock0, clock1, last, pos, depth, turn, status, collected, ...roots } = await read('duel', () =>
        client.readContract({ ...manager, functionName: 'duel', args: [id] }),
      )
      return {
        ...roots,
        id,
        status: duelStatuses[status] ?? 'none',
        clocks: [BigInt(clock0), BigInt(clock1)] as const,
        last: BigInt(last),
        pos,
        depth,
        turn: turn === 0 ? (0 as const) : (1 as const),
        isCollected: collected,
      }
    },
    credit: (owner: Address) =>
      read('credit', () => client.readContract({ ...vault, functionName: 'credit', args: [owner] })),
    bond: async (id: Hash): Promise<OwnBond> => {
      const stored = await read('bond', () => client.readContract({ ...vault, functionName: 'bond', args: [id] }))
      const { owner, amount, assertionId, commitments, strikes } = stored
      const status = (['none', 'active', 'released', 'slashed'] as const)[stored.status] ?? 'none'
      const assertionFate = status === 'none' ? 'none' : await fate(assertionId)
      return { id, owner: lower(owner), status, amount, assertionId, assertionFate, commitments, strikes }
    },
  }
}
