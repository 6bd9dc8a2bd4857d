import {
  type AccountStakes,
  createRangeReader,
  type DisputeState,
  type PostedBond,
  type ProposedAssertion,
  type RangeReader,
  readAccountStakes,
  readPostedBonds,
  type UnannouncedChild,
} from '@crema/l1'
import { createBondList } from './bond-list.ts'
import type { DisputeAgentPorts } from './types.ts'

/** What L1 holds that may stand on bonds of the account. */
export interface Staked {
  readonly assertions: readonly Pick<ProposedAssertion | UnannouncedChild, 'proposer' | 'bondId'>[]
  readonly states: readonly Pick<DisputeState, 'commitments'>[]
}

/** An account's bonds, from their events and from what names them in L1's storage. */
export interface OwnBonds {
  /** Reads the events up to L1's head. Throws `L1Error`. */
  refresh(): Promise<void>
  /** Credit, and the bonds that may still change, those behind the account's own assertions and commitments among them. Throws `L1Error`. */
  read(staked: Staked): Promise<AccountStakes>
  /** Has the next refresh read all events again. */
  readAgain(): void
}

export interface OwnBondsOptions extends Pick<DisputeAgentPorts, 'l1' | 'contracts' | 'fromBlock'> {
  readonly owner: DisputeAgentPorts['tx']['address']
  /** L1 blocks read with one request. */
  readonly rangeBlocks?: bigint
}

/** Creates the bonds of an account, of which nothing is read yet. */
export function createOwnBonds({ l1, contracts, fromBlock, owner, rangeBlocks }: OwnBondsOptions): OwnBonds {
  const list = createBondList()
  const isOwn = (address: string): boolean => address.toLowerCase() === owner.toLowerCase()
  const newReader = (): RangeReader =>
    createRangeReader<PostedBond>(l1, {
      fromBlock,
      ...(rangeBlocks === undefined ? {} : { rangeBlocks }),
      read: (from, to) => readPostedBonds(l1, contracts, owner, from, to),
      commit: list.commit,
    })
  let reader = newReader()
  return {
    refresh: () => reader.refresh(),
    readAgain: () => {
      reader = newReader()
    },
    read: async ({ assertions, states }) => {
      list.learn(assertions.flatMap(({ proposer, bondId }) => (isOwn(proposer) ? [bondId] : [])))
      const commitments = states.flatMap((state) => state.commitments)
      list.learn(commitments.flatMap(({ staker, bondId }) => (isOwn(staker) ? [bondId] : [])))
      const { l1BlockNumber, ...stakes } = await readAccountStakes(l1, contracts, owner, list.open())
      list.found(stakes.bonds, l1BlockNumber)
      return stakes
    },
  }
}
