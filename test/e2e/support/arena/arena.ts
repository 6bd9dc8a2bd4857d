import { createNodeView, endProof, type OwnTrace } from '@crema/dispute'
import {
  assertionChainAbi,
  createDisputeBook,
  type DisputeBook,
  type DisputeCommitment,
  type DisputeContracts,
  type DisputeState,
  readChildren,
  readDisputes,
} from '@crema/l1'
import { type AssertionMachine, createAssertionMachine, createDisputeInputs, type ProvableBlocks } from '@crema/node'
import { type BlockState, blockStatus, bytesToHex, type Hash, stateHash } from '@crema/protocol'
import { type CreateRollupOptions, type ForcedRollup, startForcedRollup } from '@crema/testing'
import { encodeFunctionData } from 'viem'
import { createLog, type SentCall } from './send.ts'

/** A child of the disputed parent, with the trace that its account stands behind. */
export interface Contender {
  /** Account of the test mnemonic that plays it. */
  readonly account: number
  readonly id: Hash
  readonly end: BlockState
  readonly trace: OwnTrace
}

/** An assertion whose children are disputed. */
export interface ArenaParent {
  readonly id: Hash
  readonly end: BlockState
}

/** Everything that a dispute about an assertion's children takes: L1, the contracts, a node that knows the truth. */
export interface Arena {
  readonly rollup: ForcedRollup
  readonly contracts: DisputeContracts
  readonly parentId: Hash
  /** The target of the parent's children, in leaves of the Inbox. */
  readonly targetCount: bigint
  /** The blocks of the right child, and these on the step machine. */
  readonly blocks: ProvableBlocks
  readonly machine: AssertionMachine
  readonly view: ReturnType<typeof createNodeView>
  /** Sends a call from an account and waits for it. Throws when L1 refuses it. */
  readonly send: ArenaLog['send']
  /** The same for a call of any contract. */
  readonly call: ArenaLog['call']
  /** Why L1 would refuse a call now, as the contract's error and its arguments; undefined when it would take it. */
  readonly refusal: ArenaLog['refusal']
  /** All that {@link send} sent, in order. */
  readonly sent: readonly SentCall[]
  /** What the contracts' events tell, as of the last look at {@link state}. */
  readonly book: DisputeBook
  /** The current dispute as L1 has it. Throws when there is none. */
  state(): Promise<DisputeState>
  /** The disputes of all epochs. Of many duels only those of commitments in `focus` are read; all by default. */
  states(focus?: (commitment: DisputeCommitment) => boolean): Promise<DisputeState[]>
  /** Id of a child with this end, by the contract. */
  idOf(end: BlockState): Promise<Hash>
  /** Asserts as the first child, by a bond of one stake. */
  propose(of: Pick<Contender, 'account' | 'id' | 'end'>, where?: Where): Promise<SentCall>
  /** Asserts beside the first child, by a bond of one stake. */
  rival(of: Contender, where?: Where): Promise<SentCall>
  /** Commits to the contender's trace, by a bond of one stake or by the one named. */
  commit(of: Contender, bondId?: Hash): Promise<SentCall>
  /** The same L1 and node, about the children of another assertion. Fixes its target. */
  on(parent: ArenaParent): Promise<Arena>
}

/** Where and by what a child is asserted, unless on the arena's parent and by a new bond. */
export interface Where {
  readonly parentId?: Hash
  /** The account's bond that backs the parent. */
  readonly bondId?: Hash
}

type ArenaLog = ReturnType<typeof createLog>

export const noHash: Hash = `0x${'00'.repeat(32)}`

export interface ArenaOptions extends Partial<CreateRollupOptions> {
  /** Fills the Inbox; the target is fixed at what it leaves there. */
  fill(rollup: ForcedRollup): Promise<void>
}

/** Starts L1, contracts and node, fills the Inbox, and fixes the target of the first assertion. */
export async function startArena({ fill, ...options }: ArenaOptions): Promise<Arena> {
  const rollup = await startForcedRollup({ challengePeriod: 600n, ...options })
  try {
    await fill(rollup)
    const { assertionChain, disputeManager, bondVault, guardianPause } = rollup.config.l1Contracts
    const contracts = { assertionChain, disputeManager, bondVault, guardianPause }
    const id = await rollup.l1.readContract({
      ...{ address: assertionChain, abi: assertionChainAbi, functionName: 'genesisId' },
    })
    return await openArena(rollup, contracts, createLog(rollup, contracts), { id, end: rollup.config.genesisState })
  } catch (error) {
    await rollup.close()
    throw error
  }
}

/** Who deploys nothing and stakes nothing: fixes targets. */
const FIXER = 18

async function openArena(
  rollup: ForcedRollup,
  contracts: DisputeContracts,
  log: ArenaLog,
  { id: parentId, end: parentEnd }: ArenaParent,
): Promise<Arena> {
  const { l1, config, node } = rollup
  const { assertionChain } = contracts
  const chain = { address: assertionChain, abi: assertionChainAbi } as const
  const { send, sendRaw, sent, call, refusal } = log
  const fix = encodeFunctionData({ abi: assertionChainAbi, functionName: 'fixTarget', args: [parentId] })
  await call(FIXER, { to: assertionChain, data: fix })
  const { targetCount, targetRoot } = await readChildren(l1, assertionChain, parentId)
  const start = { ...parentEnd, status: blockStatus.blockEnd, gasSinceAssertionStart: 0n }
  const startInboxCount = parentEnd.inboxCount
  const blocks = await createDisputeInputs(node.store, config).open({
    ...{ startHash: stateHash(start), startInboxCount, targetCount, inboxRoot: targetRoot },
  })

  /** Wei sent along: a stake, unless a bond is there already. */
  const stakeFor = (bondId: Hash): bigint => (bondId === noHash ? config.stake : 0n)
  const book = createDisputeBook(l1, { contracts, fromBlock: config.l1StartBlock })
  async function states(focus?: (commitment: DisputeCommitment) => boolean): Promise<DisputeState[]> {
    await book.refresh()
    return readDisputes(l1, { contracts, book, parentIds: [parentId], ...(focus === undefined ? {} : { focus }) })
  }
  const joining = ({ trace }: Contender, bondId = noHash) => ({
    ...{ traceRoot: bytesToHex(trace.root), proof: endProof(trace), bondId },
    stakeWei: stakeFor(bondId),
  })
  return {
    ...{ rollup, contracts, parentId, targetCount, blocks, send, sent, call, refusal, book },
    machine: createAssertionMachine(node.store, blocks),
    view: createNodeView({ node, head: 'finalized' }),
    states,
    async state() {
      const latest = (await states()).find(({ reopenEpoch, parent: { currentEpoch } }) => reopenEpoch === currentEpoch)
      if (latest === undefined) throw new Error('there is no dispute')
      return latest
    },
    idOf: (end) => l1.readContract({ ...chain, functionName: 'assertionIdOf', args: [parentId, end] }),
    propose({ account, id, end }, { parentId: on = parentId, bondId = noHash } = {}) {
      const data = encodeFunctionData({ abi: assertionChainAbi, functionName: 'propose', args: [id, on, end, bondId] })
      return sendRaw(account, 'propose', { to: assertionChain, data, valueWei: stakeFor(bondId) })
    },
    rival: (of, { parentId: on = parentId, bondId } = {}) =>
      send(of.account, { kind: 'rival', expectedId: of.id, parentId: on, end: of.end, ...joining(of, bondId) }),
    commit: (of, bondId) => send(of.account, { kind: 'commit', assertionId: of.id, ...joining(of, bondId) }),
    on: (parent) => openArena(rollup, contracts, log, parent),
  }
}
