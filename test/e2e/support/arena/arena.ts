import { createNodeView, endProof, type OwnTrace } from '@crema/dispute'
import {
  assertionChainAbi,
  createDisputeBook,
  type DisputeBook,
  type DisputeContracts,
  type DisputeState,
  readChildren,
  readDisputes,
} from '@crema/l1'
import { type AssertionMachine, createAssertionMachine, createDisputeInputs, type ProvableBlocks } from '@crema/node'
import { type BlockState, blockStatus, bytesToHex, type Hash, stateHash } from '@crema/protocol'
import { type CreateRollupOptions, type ForcedRollup, startForcedRollup, testAccount } from '@crema/testing'
import { createWalletClient, encodeFunctionData, http } from 'viem'
import { createLog, type SentCall } from './send.ts'

/** A child of the disputed parent, with the trace that its account stands behind. */
export interface Contender {
  /** Account of the test mnemonic that plays it. */
  readonly account: number
  readonly id: Hash
  readonly end: BlockState
  readonly trace: OwnTrace
}

/** Everything that a dispute about the first assertion of a rollup takes: L1, the contracts, a node that knows the truth. */
export interface Arena {
  readonly rollup: ForcedRollup
  readonly contracts: DisputeContracts
  readonly parentId: Hash
  /** The blocks of the right child, and these on the step machine. */
  readonly blocks: ProvableBlocks
  readonly machine: AssertionMachine
  readonly view: ReturnType<typeof createNodeView>
  /** Sends a call from an account and waits for it. Throws when L1 refuses it. */
  readonly send: ReturnType<typeof createLog>['send']
  /** All that {@link send} sent, in order. */
  readonly sent: readonly SentCall[]
  /** What the contracts' events tell, as of the last look at {@link state}. */
  readonly book: DisputeBook
  /** The current dispute as L1 has it. Throws when there is none. */
  state(): Promise<DisputeState>
  /** The disputes of all epochs. */
  states(): Promise<DisputeState[]>
  /** Id of a child with this end, by the contract. */
  idOf(end: BlockState): Promise<Hash>
  /** Asserts as the first child, by a bond of one stake. */
  propose(of: Contender): Promise<SentCall>
  /** Asserts beside the first child, by a bond of one stake. */
  rival(of: Contender): Promise<SentCall>
  /** Commits to the contender's trace, by a bond of one stake. */
  commit(of: Contender): Promise<SentCall>
}

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
    return await openArena(rollup)
  } catch (error) {
    await rollup.close()
    throw error
  }
}

async function openArena(rollup: ForcedRollup): Promise<Arena> {
  const { l1, config, node } = rollup
  const { assertionChain, disputeManager, bondVault, guardianPause } = config.l1Contracts
  const contracts = { assertionChain, disputeManager, bondVault, guardianPause }
  const chain = { address: assertionChain, abi: assertionChainAbi } as const
  const parentId = await l1.readContract({ ...chain, functionName: 'genesisId' })
  const { send, sendRaw, sent } = createLog(rollup, contracts)
  const deployer = createWalletClient({ account: testAccount(18), transport: http(rollup.l1Url) })
  const hash = await deployer.writeContract({ ...chain, chain: null, functionName: 'fixTarget', args: [parentId] })
  await l1.waitForTransactionReceipt({ hash, pollingInterval: 20 })
  const { targetCount, targetRoot } = await readChildren(l1, assertionChain, parentId)
  const start = { ...config.genesisState, status: blockStatus.blockEnd, gasSinceAssertionStart: 0n }
  const blocks = await createDisputeInputs(node.store, config).open({
    ...{ startHash: stateHash(start), startInboxCount: 0n, targetCount, inboxRoot: targetRoot },
  })

  const book = createDisputeBook(l1, { contracts, fromBlock: config.l1StartBlock })
  async function states(): Promise<DisputeState[]> {
    await book.refresh()
    return readDisputes(l1, { contracts, book, parentIds: [parentId] })
  }
  const joining = ({ trace }: Contender) => ({
    ...{ traceRoot: bytesToHex(trace.root), proof: endProof(trace), bondId: noHash, stakeWei: config.stake },
  })
  return {
    ...{ rollup, contracts, parentId, blocks, send, sent, book },
    machine: createAssertionMachine(node.store, blocks),
    view: createNodeView({ node, head: 'finalized' }),
    states,
    async state() {
      const latest = (await states()).find(({ reopenEpoch, parent: { currentEpoch } }) => reopenEpoch === currentEpoch)
      if (latest === undefined) throw new Error('there is no dispute')
      return latest
    },
    idOf: (end) => l1.readContract({ ...chain, functionName: 'assertionIdOf', args: [parentId, end] }),
    propose({ account, id, end }) {
      const args = [id, parentId, end, noHash] as const
      const data = encodeFunctionData({ abi: assertionChainAbi, functionName: 'propose', args })
      return sendRaw(account, 'propose', { to: assertionChain, data, valueWei: config.stake })
    },
    rival: (of) => send(of.account, { kind: 'rival', expectedId: of.id, parentId, end: of.end, ...joining(of) }),
    commit: (of) => send(of.account, { kind: 'commit', assertionId: of.id, ...joining(of) }),
  }
}
