import { testAddress, testKey } from '@crema/testing'
import {
  type Contract,
  type ContractEventPayload,
  ContractFactory,
  type ContractTransactionReceipt,
  type ContractTransactionResponse,
  type EthersError,
  isError,
  JsonRpcProvider,
  NonceManager,
  type Overrides,
  parseEther,
  Transaction,
  Wallet,
} from 'ethers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Compiled, compile } from '../support/compile.ts'
import { useDevnet } from '../support/scenario.ts'
import { until } from '../support/until.ts'

const devnet = useDevnet({ parameters: { blockTimeMs: 200 }, services: ['sequencer', 'poster', 'rpc'] })
const recipient = testAddress(31)
const access = [{ address: recipient, storageKeys: [`0x${'11'.repeat(32)}`] }]

type Probe = Contract & {
  set(value: bigint, note: string, overrides?: Overrides): Promise<ContractTransactionResponse>
  failWithReason(overrides?: Overrides): Promise<ContractTransactionResponse>
}

let provider: JsonRpcProvider
let wallet: Wallet
let compiled: Compiled
let probe: Probe

beforeAll(async () => {
  provider = new JsonRpcProvider(devnet().urls.rpc, undefined, { pollingInterval: 100, cacheTimeout: -1 })
  wallet = new Wallet(testKey(5), provider)
  compiled = compile('forge-script/src/Probe.sol')
  const factory = new ContractFactory(compiled.abi as never, compiled.bytecode, wallet)
  const deployed = await factory.deploy(7n, { value: 3n })
  await deployed.waitForDeployment()
  probe = deployed as Probe
})
afterAll(() => provider?.destroy())

const mined = async (response: { wait(): Promise<unknown> }) => (await response.wait()) as ContractTransactionReceipt

it('sees the deployment', async () => {
  const address = await probe.getAddress()
  expect(await provider.getBalance(address)).toBe(3n)
  expect((await provider.getCode(address)).length).toBeGreaterThan(500)
  expect(await probe.getFunction('value')()).toBe(7n)
  expect((await provider.getNetwork()).chainId).toBe(devnet().config.l2.chainId)
})

it.each([
  [0, {}],
  [1, { accessList: access }],
  [2, { accessList: access }],
])('transfers with a transaction of type %i', async (type, fields) => {
  const before = await provider.getBalance(recipient)
  const own = await provider.getBalance(wallet.address)
  const sent = await wallet.sendTransaction({ type, ...fields, to: recipient, value: 11n })
  const receipt = await mined(sent)
  expect(receipt).toMatchObject({ status: 1, type, hash: sent.hash })
  expect(receipt.gasUsed).toBe(type === 0 ? 21_000n : 25_300n)
  expect((await provider.getBalance(recipient)) - before).toBe(11n)
  expect(own - (await provider.getBalance(wallet.address))).toBe(11n + receipt.fee)
  const read = await provider.getTransaction(sent.hash)
  expect(read!.signature.serialized).toBe(sent.signature.serialized)
  expect(Transaction.from(read!).hash).toBe(sent.hash)
})

it('delegates an account with a transaction of type 4', async () => {
  const owner = new Wallet(Wallet.createRandom().privateKey, provider)
  const address = await probe.getAddress()
  const authorization = await owner.authorize({ address, nonce: 0 })
  const data = probe.interface.encodeFunctionData('set', [42n, 'delegated'])
  const receipt = await mined(
    await wallet.sendTransaction({ type: 4, to: owner.address, data, authorizationList: [authorization] }),
  )
  expect(receipt).toMatchObject({ status: 1, type: 4 })
  expect(await provider.getCode(owner.address)).toBe(`0xef0100${address.slice(2).toLowerCase()}`)
  const delegated = probe.attach(owner.address) as Probe
  expect(await delegated.getFunction('value')()).toBe(42n)
  expect(await probe.getFunction('value')()).toBe(7n)
})

it('calls, hears events by polling, and finds them again', async () => {
  const heard: bigint[] = []
  await probe.on(probe.filters.Changed!(wallet.address), ({ args }: ContractEventPayload) => heard.push(args.value))
  const blocks: number[] = []
  await provider.on('block', (number: number) => void blocks.push(number))
  const receipts: ContractTransactionReceipt[] = []
  for (const value of [100n, 101n]) receipts.push(await mined(await probe.set(value, `to ${value}`)))
  await until('both events', 20_000, async () => (heard.length >= 2 ? true : undefined))
  await until('their blocks', 20_000, async () => (blocks.at(-1)! >= receipts[1]!.blockNumber ? true : undefined))
  await probe.removeAllListeners()
  await provider.removeAllListeners()
  expect(heard).toEqual([100n, 101n])
  expect(blocks).toEqual(Array.from({ length: blocks.length }, (_, i) => blocks[0]! + i))
  const found = await probe.queryFilter(probe.filters.Changed!(null, 100n), receipts[0]!.blockNumber)
  expect(found.map((log) => ('args' in log ? log.args.toArray() : log))).toEqual([
    [wallet.address, 100n, 101n, 'to 101'],
  ])
  expect(await probe.getFunction('value').staticCall({ blockTag: receipts[0]!.blockNumber })).toBe(100n)
  expect(await probe.getFunction('set').staticCall(5n, '')).toBe(101n)
})

it('decodes every kind of revert', async () => {
  const failure = async (call: Promise<unknown>) => {
    const error = await call.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    if (!isError(error, 'CALL_EXCEPTION')) throw new Error(`not a CALL_EXCEPTION: ${error}`)
    return error
  }
  expect((await failure(probe.getFunction('failWithReason').staticCall())).reason).toBe('the probe says no')
  const custom = await failure(probe.getFunction('set').staticCall(1_000_001n, ''))
  expect(custom.revert).toMatchObject({ name: 'TooLarge' })
  expect([...custom.revert!.args]).toEqual([1_000_001n, 1_000_000n])
  const panic = await failure(probe.getFunction('failWithPanic').staticCall(0n))
  expect(panic.revert).toMatchObject({ name: 'Panic', signature: 'Panic(uint256)' })
  expect([...panic.revert!.args].map(BigInt)).toEqual([18n])
  expect(await failure(probe.getFunction('failSilently').staticCall())).toMatchObject({ revert: null })
  // Sending estimates first: the reason stops it before it costs anything.
  expect(await failure(probe.failWithReason())).toMatchObject({ action: 'estimateGas', reason: 'the probe says no' })
  const sent = await probe.failWithReason({ gasLimit: 100_000n })
  const receipt = (await failure(sent.wait())).receipt!
  expect(receipt).toMatchObject({ status: 0, hash: sent.hash })
  expect(receipt.gasUsed).toBeGreaterThan(21_000n)
})

it('gives nonces while several transactions are pending', async () => {
  const manager = new NonceManager(new Wallet(testKey(6), provider))
  const start = await manager.getNonce('latest')
  const sent = await Promise.all(
    Array.from({ length: 8 }, (_, i) => manager.sendTransaction({ to: recipient, value: BigInt(i) })),
  )
  expect(await provider.getTransactionCount(manager, 'pending')).toBe(start + 8)
  const receipts = await Promise.all(sent.map(mined))
  expect(receipts.every(({ status }) => status === 1)).toBe(true)
  expect(sent.map(({ nonce }) => nonce).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 8 }, (_, i) => start + i),
  )
  expect(await provider.getTransactionCount(manager, 'latest')).toBe(start + 8)
})

it('reads blocks, fees and estimates', async () => {
  const gas = await provider.estimateGas({ from: wallet.address, to: recipient, value: 1n })
  expect(gas).toBe(21_000n)
  const fees = await provider.getFeeData()
  const block = await provider.getBlock('latest', true)
  expect(fees.maxFeePerGas!).toBeGreaterThan(block!.baseFeePerGas!)
  expect(fees.maxPriorityFeePerGas!).toBeGreaterThan(0n)
  expect(fees.gasPrice!).toBeGreaterThan(block!.baseFeePerGas! / 2n)
  const receipt = await mined(await probe.set(55n, 'block'))
  const full = (await provider.getBlock(receipt.blockNumber, true))!
  expect(full.prefetchedTransactions.map(({ hash }) => hash)).toContain(receipt.hash)
  expect(full.hash).toBe(receipt.blockHash)
  expect(BigInt(full.gasUsed)).toBeGreaterThanOrEqual(receipt.gasUsed)
  expect((await provider.getBlock('finalized'))!.number).toBeLessThanOrEqual((await provider.getBlock('safe'))!.number)
})

it('refuses bad sends with codes that ethers knows', async () => {
  const sender = new Wallet(testKey(7), provider)
  const nonce = await sender.getNonce('latest')
  await mined(await sender.sendTransaction({ to: recipient }))
  const fees = { maxFeePerGas: 2_000_000_000n, maxPriorityFeePerGas: 1n, type: 2, gasLimit: 21_000n }
  const code = (fields: object) =>
    sender.sendTransaction({ to: recipient, value: 1n, nonce: nonce + 1, ...fees, ...fields }).then(
      () => 'accepted',
      (error: EthersError) => error.code,
    )
  expect(await code({ nonce })).toBe('NONCE_EXPIRED')
  expect(await code({ value: parseEther('20000') })).toBe('INSUFFICIENT_FUNDS')
  expect(await code({ nonce: nonce + 5 })).toBe('accepted')
  expect(await code({ nonce: nonce + 5, value: 2n })).toBe('REPLACEMENT_UNDERPRICED')
  expect(await sender.getNonce('latest')).toBe(nonce + 1)
})
