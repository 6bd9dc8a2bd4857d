import { type Address, encodeHeader, encodePayload, type Hash, keccak256Hex, predeploys } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { beaconRootsCode, historyStorageCode } from '../../src/genesis/system-code.ts'
import {
  createExecutor,
  createSimulator,
  EMPTY_REQUESTS_HASH,
  ExecutionError,
  MissingStateError,
  nextBaseFee,
} from '../../src/index.ts'
import { code, push } from '../assembler.ts'
import {
  config,
  createMemoryStore,
  createTestChain,
  deposit,
  ether,
  hash,
  portal,
  signed,
  type TestChain,
  transfer,
  wallet,
} from '../support.ts'

const alice = wallet(1)
const withCode = { code: '0x00', nonce: 1n } as const
const system = {
  [predeploys.beaconRoots]: { code: beaconRootsCode, nonce: 1n },
  [predeploys.historyStorage]: { code: historyStorageCode, nonce: 1n },
  [predeploys.l1Block]: withCode,
  [alice.address]: { balance: 100n * ether },
}

const reader = (chain: TestChain) => createSimulator({ config, state: chain.store, blockHash: () => undefined })
const slot = (chain: TestChain, address: Address, index: bigint): Promise<Hash> =>
  reader(chain).storage(chain.head.stateRoot, address, hash(index))

describe('the L2 block', () => {
  it('has the header that its parts determine, and its keccak256 as hash', async () => {
    const chain = await createTestChain(system)
    const { hash: parentHash } = chain.head
    const { block } = await chain.run([])
    expect(block.header).toMatchObject({
      parentHash,
      number: 1n,
      timestamp: 1_001n,
      miner: predeploys.sequencerFeeVault,
      gasLimit: config.blockGasLimit,
      gasUsed: 0n,
      mixHash: hash(1),
      parentBeaconBlockRoot: hash(0xabc),
      requestsHash: EMPTY_REQUESTS_HASH,
      difficulty: 0n,
      extraData: '0x',
      blobGasUsed: 0n,
      excessBlobGas: 0n,
    })
    expect(block.hash).toBe(keccak256Hex(encodeHeader(block.header)))
    expect([block.transactions, block.receipts, block.skipped]).toEqual([[], [], []])
  })

  it('writes EIP-4788, EIP-2935 and L1Block before the first transaction', async () => {
    const chain = await createTestChain(system)
    const genesisHash = chain.head.hash
    await chain.run([])
    expect(BigInt(await slot(chain, predeploys.beaconRoots, 1_001n))).toBe(1_001n)
    expect(await slot(chain, predeploys.beaconRoots, 1_001n + 8_191n)).toBe(hash(0xabc))
    expect(await slot(chain, predeploys.historyStorage, 0n)).toBe(genesisHash)
    expect(BigInt(await slot(chain, predeploys.l1Block, 0n))).toBe((900n << 64n) | 7n)
    expect(BigInt(await slot(chain, predeploys.l1Block, 1n))).toBe(5n)
    expect(await slot(chain, predeploys.l1Block, 2n)).toBe(hash(0xabc))
  })

  it('changes no state at all when neither system contract nor transaction exists', async () => {
    const chain = await createTestChain({})
    const { block, writes } = await chain.run([])
    expect(block.header.stateRoot).toBe(chain.genesis.header.stateRoot)
    expect(writes.nodes.size).toBe(0)
  })

  it('answers BLOCKHASH from the state', async () => {
    const asks: Address = `0x${'cd'.repeat(20)}`
    // SSTORE(0, BLOCKHASH(NUMBER - 2)); SSTORE(1, BLOCKHASH(NUMBER) + 1)
    const body = code(push(2), '43', '03', '40', '5f', '55', '43', '40', push(1), '01', push(1), '55')
    const chain = await createTestChain({ ...system, [asks]: { code: body, nonce: 1n } })
    const genesisHash = chain.head.hash
    await chain.run([])
    await chain.run([], [deposit(0, { to: asks })])
    expect(await slot(chain, asks, 0n)).toBe(genesisHash)
    expect(BigInt(await slot(chain, asks, 1n))).toBe(1n)
  })

  it('commits to the message passer in withdrawalsRoot', async () => {
    // Any call stores CALLVALUE at slot 0.
    const passer = { code: code('34', '5f', '55'), nonce: 1n }
    const chain = await createTestChain({ ...system, [predeploys.l2ToL1MessagePasser]: passer })
    const before = chain.genesis.state.withdrawalsRoot
    await chain.run([], [deposit(0, { mint: 9n, value: 9n, to: predeploys.l2ToL1MessagePasser })])
    const account = await reader(chain).account(chain.head.stateRoot, predeploys.l2ToL1MessagePasser)
    expect(chain.head.withdrawalsRoot).toBe(account!.storageRoot)
    expect(chain.head.withdrawalsRoot).not.toBe(before)
  })

  it('pays the base fee and the tip to the vaults and nobody else', async () => {
    const chain = await createTestChain(system)
    const { block } = await chain.run([signed(transfer({ maxPriorityFeePerGas: 3n, value: 5n }), alice)])
    const baseFee = block.header.baseFeePerGas!
    const balance = async (address: Address) => (await reader(chain).account(chain.head.stateRoot, address))?.balance
    expect(await balance(predeploys.baseFeeVault)).toBe(21_000n * baseFee)
    expect(await balance(predeploys.sequencerFeeVault)).toBe(21_000n * 3n)
    expect(await balance(alice.address)).toBe(100n * ether - 5n - 21_000n * (baseFee + 3n))
  })

  it('makes no vault account for a zero tip', async () => {
    const chain = await createTestChain(system)
    await chain.run([signed(transfer({ maxPriorityFeePerGas: 0n }), alice)])
    expect(await reader(chain).account(chain.head.stateRoot, predeploys.sequencerFeeVault)).toBeUndefined()
  })

  it('moves the base fee as EIP-1559 says, never below the minimum', () => {
    const parent = { gasLimit: 30_000_000n, baseFeePerGas: 8_000n }
    expect(nextBaseFee({ ...parent, gasUsed: 15_000_000n }, config)).toBe(8_000n)
    expect(nextBaseFee({ ...parent, gasUsed: 30_000_000n }, config)).toBe(9_000n)
    expect(nextBaseFee({ ...parent, gasUsed: 0n }, config)).toBe(7_000n)
    expect(nextBaseFee({ ...parent, baseFeePerGas: 1_001n, gasUsed: 0n }, config)).toBe(1_000n)
    expect(nextBaseFee({ ...parent, baseFeePerGas: 1_000n, gasUsed: 15_000_001n }, config)).toBe(1_001n)
  })

  it('refuses a number that does not follow, and names a missing node', async () => {
    const chain = await createTestChain(system)
    await expect(chain.executor.executeBlock(chain.head, chain.next({ number: 5n }))).rejects.toThrow(ExecutionError)
    const executor = createExecutor({ config, state: createMemoryStore(), portal })
    const failure = await executor.executeBlock(chain.head, chain.next()).catch((error) => error)
    expect(failure).toBeInstanceOf(MissingStateError)
    expect(failure.details.hash).toBe(chain.head.stateRoot)
  })

  it('refuses a call during another', async () => {
    const chain = await createTestChain(system)
    const first = chain.executor.executeBlock(chain.head, chain.next())
    await expect(chain.executor.executeBlock(chain.head, chain.next())).rejects.toMatchObject({ code: 'BUSY' })
    expect((await first).block.header.number).toBe(1n)
  })

  it('recovers when a node goes missing in the middle of a transaction', async () => {
    const holder: Address = `0x${'cd'.repeat(20)}`
    const storage = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [hash(i), hash(i + 1)]))
    const body = code(push(9), '5f', '5d', push(1), '54', '5f', '55')
    const chain = await createTestChain({ ...system, [holder]: { code: body, nonce: 1n, storage } })
    const account = await reader(chain).account(chain.head.stateRoot, holder)
    const lost = account!.storageRoot.slice(2)
    const node = chain.store.nodes.get(lost)!
    chain.store.nodes.delete(lost)
    const raws = [signed(transfer({ to: holder, value: 0n, gasLimit: 100_000n }), alice)]
    const fresh = createExecutor({ config, state: chain.store, portal })
    const input = chain.next({ payload: encodePayload(raws) })
    await expect(fresh.executeBlock(chain.head, input)).rejects.toMatchObject({
      code: 'MISSING_STATE',
      details: { hash: account!.storageRoot },
    })
    chain.store.nodes.set(lost, node)
    const recovered = await fresh.executeBlock(chain.head, input)
    expect(recovered.block.receipts).toMatchObject([{ status: 1 }])
    expect(recovered.block.hash).toBe((await chain.run(raws)).block.hash)
  })

  it('goes on after a failed call', async () => {
    const chain = await createTestChain(system)
    const store = createMemoryStore()
    const executor = createExecutor({ config, state: store, portal })
    await expect(executor.executeBlock(chain.head, chain.next())).rejects.toThrow(MissingStateError)
    store.add(chain.genesis.writes)
    const { block } = await executor.executeBlock(chain.head, chain.next())
    expect(block.hash).toBe((await chain.run([])).block.hash)
  })
})
