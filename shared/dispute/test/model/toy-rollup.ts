import { assertionChainAbi, type DisputeCall, type DisputeContracts, encodeDisputeCall, type L1Client } from '@crema/l1'
import { type BlockState, blockStatus, type Hash, hexToBytes, type RollupConfig, stateHash } from '@crema/protocol'
import { type Anvil, createRollup, forceLeaf, prepareL1, testAccount, testAddress } from '@crema/testing'
import { createWalletClient, encodeFunctionData, http } from 'viem'
import type { DisputeParent, OwnChild, OwnTrace } from '../../src/index.ts'
import { noHash } from './rules.ts'
import { type Lie, type Shape, toyEnd, toyTrace, type World } from './traces.ts'

/** `verify` of a machine whose every step hashes the state: returns keccak256 of the word `before`. */
const hashingVerifier = '0x6084355f5260205f205f5260205ff3'

/** A rollup with the real contracts, whose step verifier is that of the toy machine. */
export interface ToyRollup {
  readonly config: RollupConfig
  readonly contracts: DisputeContracts
  readonly parentId: Hash
  readonly world: World
  /** A child with this lie in its execution, with its id as the contract gives it. */
  child(shape: Shape, lie?: Lie): Promise<ToyChild>
  /** Sends a call from an account and waits for it. Throws when L1 refuses it. */
  send(account: number, call: DisputeCall): Promise<void>
  propose(account: number, child: ToyChild): Promise<void>
  /** Puts a child below another than {@link parentId}: the end of that with one more leaf. */
  proposeBelow(account: number, parent: ToyChild): Promise<void>
}

export interface ToyChild {
  readonly id: Hash
  readonly end: BlockState
  readonly trace: OwnTrace
}

export async function createToyRollup(anvil: Anvil, stake: bigint, challengePeriod: bigint): Promise<ToyRollup> {
  const l1 = anvil.client
  await prepareL1(l1)
  const config = await createRollup({
    ...{ l1Url: anvil.url, l1, deployer: testAccount(19), committee: [testAddress(18)], l2ChainId: 777n },
    ...{ blockGasLimit: 30_000_000n, challengePeriod, forceDelay: 0n, minAssertionPeriod: 0n, stake },
    ...{ maxGasPerAssertion: 10n ** 12n, guardian: testAddress(17), maxPause: 100n, pauseCooldown: 200n },
    ...{ feeRecipient: testAddress(16), prefunded: {} },
  })
  const { assertionChain, disputeManager, bondVault, guardianPause, stepVerifier } = config.l1Contracts
  await rpc(l1, 'anvil_setCode', stepVerifier, hashingVerifier)
  for (let leaf = 0; leaf < 2; leaf++) await forceLeaf(l1, anvil.url, testAccount(15), config)
  const parentId = await l1.readContract({
    ...{ address: assertionChain, abi: assertionChainAbi, functionName: 'genesisId' },
  })
  const genesis = config.genesisState
  const start = { ...genesis, status: blockStatus.blockEnd, gasSinceAssertionStart: 0n }
  const world: World = { start: hexToBytes(stateHash(start)), number: genesis.number + 2n, inboxCount: 2n }
  const transact = async (account: number, to: Hash, data: Hash, value: bigint): Promise<void> => {
    const wallet = createWalletClient({ account: testAccount(account), transport: http(anvil.url) })
    const gas = 3_000_000n
    const hash = await wallet.sendTransaction({ chain: null, to, data, value, gas })
    const { status } = await l1.waitForTransactionReceipt({ hash, pollingInterval: 20 })
    if (status !== 'success') throw new Error(`L1 refused ${hash}`)
  }
  const propose = (account: number, id: Hash, parent: Hash, end: BlockState): Promise<void> => {
    const args = [id, parent, end, noHash] as const
    const data = encodeFunctionData({ abi: assertionChainAbi, functionName: 'propose', args })
    return transact(account, assertionChain, data, stake)
  }
  const idOf = (parent: Hash, end: BlockState): Promise<Hash> =>
    l1.readContract({
      ...{ address: assertionChain, abi: assertionChainAbi, functionName: 'assertionIdOf', args: [parent, end] },
    })
  return {
    config,
    contracts: { assertionChain, disputeManager, bondVault, guardianPause },
    parentId,
    world,
    async child(shape, lie) {
      const trace = await toyTrace(shape, lie, world)
      const end = toyEnd(shape, trace, lie, world)
      return { id: await idOf(parentId, end), end, trace }
    },
    send: (account, call) => {
      const { to, data, valueWei } = encodeDisputeCall(
        { assertionChain, disputeManager, bondVault, guardianPause },
        call,
      )
      return transact(account, to, data, valueWei)
    },
    propose: (account, { id, end }) => propose(account, id, parentId, end),
    async proposeBelow(account, parent) {
      await forceLeaf(l1, anvil.url, testAccount(15), config)
      const data = encodeFunctionData({ abi: assertionChainAbi, functionName: 'fixTarget', args: [parent.id] })
      await transact(account, assertionChain, data, 0n)
      const end = { ...parent.end, number: parent.end.number + 1n, inboxCount: parent.end.inboxCount + 1n }
      await propose(account, await idOf(parent.id, end), parent.id, end)
    },
  }
}

export const rpc = (l1: L1Client, method: string, ...params: unknown[]): Promise<unknown> =>
  l1.request({ method, params } as never)

/** Lets time pass on L1. */
export async function passTime(l1: L1Client, seconds: number): Promise<void> {
  await rpc(l1, 'evm_increaseTime', seconds)
  await rpc(l1, 'evm_mine')
}

/** What a node says that derived the right child of the rollup's parent. */
export const knows =
  (rollup: ToyRollup, right: ToyChild) =>
  async ({ parentId, parent: { targetCount, targetRoot } }: DisputeParent): Promise<OwnChild> => {
    if (parentId !== rollup.parentId) return { isKnown: false, why: 'another parent' }
    const rest = { startHash: noHash, startInboxCount: 0n, targetCount, inboxRoot: targetRoot }
    return { isKnown: true, id: right.id, parentId, end: right.end, ...rest }
  }
