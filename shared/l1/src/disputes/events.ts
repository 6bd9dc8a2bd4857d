import type { Address, Hash } from '@crema/protocol'
import { parseEventLogs } from 'viem'
import { type ProposedAssertion, readProposedAssertions } from '../assertions.ts'
import type { L1Client } from '../client.ts'
import { L1Error, reading } from '../errors.ts'
import { disputeManagerAbi } from '../generated/DisputeManager.ts'
import type { DisputeContracts } from './contracts.ts'
import type { Credit } from './ids.ts'
import type { Side } from './types.ts'

/** Where an event stands in L1. */
export interface EventPlace {
  readonly l1BlockNumber: bigint
  readonly l1BlockHash: Hash
  readonly l1TransactionHash: Hash
  readonly logIndex: number
}

/** What L1 says of disputes. The contract's storage decides; events give the preimages and say what exists. */
export type DisputeEvent = EventPlace &
  (
    | { readonly kind: 'proposed'; readonly assertion: ProposedAssertion }
    | {
        readonly kind: 'joined'
        readonly id: Hash
        readonly assertionId: Hash
        readonly disputeId: Hash
        readonly traceRoot: Hash
        readonly staker: Address
      }
    | {
        readonly kind: 'started'
        readonly duelId: Hash
        readonly older: Hash
        readonly newer: Hash
        readonly children: readonly Hash[]
        readonly credit: Credit
      }
    | {
        readonly kind: 'revealed'
        readonly duelId: Hash
        readonly pos: bigint
        readonly depth: number
        readonly children: readonly Hash[]
        readonly credit: Credit
      }
    | {
        readonly kind: 'proven'
        readonly duelId: Hash
        readonly pos: bigint
        readonly stateBefore: Hash
        readonly stateAfter: Hash
        readonly right: readonly [boolean, boolean]
        readonly credit: Credit
      }
    | {
        readonly kind: 'timedOut'
        readonly duelId: Hash
        readonly older: Hash
        readonly newer: Hash
        readonly expiredSide: Side
        readonly credit: Credit
      }
    | { readonly kind: 'eliminated'; readonly id: Hash; readonly duelId: Hash; readonly byProof: boolean }
  )

const lower = <T extends string>(text: T): T => text.toLowerCase() as T

/** Dispute events of a range of L1 blocks, in order. Throws `L1Error`. */
export async function readDisputeEvents(
  client: L1Client,
  { assertionChain, disputeManager }: DisputeContracts,
  fromBlock: bigint,
  toBlock: bigint,
): Promise<DisputeEvent[]> {
  const proposed = await readProposedAssertions(client, assertionChain, fromBlock, toBlock)
  const logs = await reading('eth_getLogs', () => client.getLogs({ address: disputeManager, fromBlock, toBlock }))
  const events: DisputeEvent[] = proposed.map((assertion) => ({
    kind: 'proposed',
    assertion,
    l1BlockNumber: assertion.l1BlockNumber,
    l1BlockHash: assertion.l1BlockHash,
    l1TransactionHash: assertion.l1TransactionHash,
    // Whatever joins or moves for an assertion does so after it.
    logIndex: -1,
  }))
  for (const log of parseEventLogs({ abi: disputeManagerAbi, logs, strict: true })) {
    const { blockNumber, blockHash, transactionHash, logIndex, removed } = log
    if (blockNumber === null || removed || blockNumber < fromBlock || blockNumber > toBlock) {
      const details = { blockNumber, fromBlock, toBlock, removed }
      throw new L1Error('L1_BAD_RESPONSE', 'log outside of the range asked for', { details })
    }
    const place = { l1BlockNumber: blockNumber, l1BlockHash: blockHash, l1TransactionHash: transactionHash, logIndex }
    const made = toEvent(log)
    if (made !== undefined) events.push({ ...made, ...place } as DisputeEvent)
  }
  return events.sort(byPlace)
}

function byPlace(a: EventPlace, b: EventPlace): number {
  if (a.l1BlockNumber !== b.l1BlockNumber) return a.l1BlockNumber < b.l1BlockNumber ? -1 : 1
  return a.logIndex - b.logIndex
}

type ManagerLog = ReturnType<typeof parseEventLogs<typeof disputeManagerAbi, true>>[number]
type WithoutPlace<T> = T extends EventPlace ? Omit<T, keyof EventPlace> : never

/** The event without its place; undefined for those that storage tells as well. */
function toEvent(log: ManagerLog): WithoutPlace<DisputeEvent> | undefined {
  switch (log.eventName) {
    case 'CommitmentJoined': {
      const { id, assertionId, disputeId, traceRoot, staker } = log.args
      return { kind: 'joined', id, assertionId, disputeId, traceRoot, staker: lower(staker) }
    }
    case 'DuelStarted': {
      const { duelId, older, newer, children, mover, credit } = log.args
      return { kind: 'started', duelId, older, newer, children, credit: creditOf(1, mover, credit) }
    }
    case 'Revealed': {
      const { duelId, pos, depth, nextTurn, children, mover, credit } = log.args
      return { kind: 'revealed', duelId, pos, depth, children, credit: creditOf(nextTurn === 0 ? 1 : 0, mover, credit) }
    }
    case 'StepProven': {
      const { duelId, pos, stateBefore, stateAfter, olderRight, newerRight, side, mover, credit } = log.args
      const right = [olderRight, newerRight] as const
      return { kind: 'proven', duelId, pos, stateBefore, stateAfter, right, credit: creditOf(side, mover, credit) }
    }
    case 'TimedOut': {
      const { duelId, older, newer, expiredSide, mover, credit } = log.args
      const won = creditOf(1 - expiredSide, mover, credit)
      return { kind: 'timedOut', duelId, older, newer, expiredSide: sideOf(expiredSide), credit: won }
    }
    case 'CommitmentEliminated': {
      const { id, duelId, reason } = log.args
      return { kind: 'eliminated', id, duelId, byProof: reason === 1 }
    }
    default:
      return undefined
  }
}

const sideOf = (side: number): Side => (side === 0 ? 0 : 1)
const creditOf = (side: number, mover: Address, amount: bigint): Credit => ({
  side: sideOf(side),
  mover: lower(mover),
  amount,
})
