import { testAccount, testAddress } from '@crema/testing'
import {
  BaseError,
  ContractFunctionRevertedError,
  createPublicClient,
  createWalletClient,
  ExecutionRevertedError,
  encodeFunctionData,
  FeeCapTooLowError,
  getContract,
  type Hex,
  http,
  InsufficientFundsError,
  IntrinsicGasTooLowError,
  keccak256,
  NonceTooHighError,
  NonceTooLowError,
  parseEther,
  parseEventLogs,
  RpcRequestError,
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { beforeAll, expect, it } from 'vitest'
import { l2Chain } from '../devnet/chains.ts'
import { probeAbi } from '../support/abis.ts'
import { compile } from '../support/compile.ts'
import { useDevnet } from '../support/scenario.ts'
import { until } from '../support/until.ts'

const devnet = useDevnet({ parameters: { blockTimeMs: 200 }, services: ['sequencer', 'poster', 'rpc'] })
const account = testAccount(5)
const recipient = testAddress(31)
const access = [{ address: recipient, storageKeys: [`0x${'11'.repeat(32)}` as Hex] }]

function clients(index = 5) {
  const chain = l2Chain(devnet().config, devnet().urls.rpc)
  const options = { chain, transport: http(), pollingInterval: 100 }
  return {
    reader: createPublicClient({ ...options, cacheTime: 0 }),
    wallet: createWalletClient({ ...options, account: testAccount(index) }),
  }
}

async function deployProbe() {
  const { reader, wallet } = clients()
  const hash = await wallet.deployContract({ abi: probeAbi, bytecode, args: [7n], value: 3n })
  const receipt = await reader.waitForTransactionReceipt({ hash })
  expect(receipt.status).toBe('success')
  expect(await reader.getBalance({ address: receipt.contractAddress! })).toBe(3n)
  return getContract({ address: receipt.contractAddress!, abi: probeAbi, client: { public: reader, wallet } })
}

let bytecode: Hex
let probe: Awaited<ReturnType<typeof deployProbe>>

beforeAll(async () => {
  bytecode = compile('forge-script/src/Probe.sol').bytecode
  probe = await deployProbe()
})

it.each([
  ['legacy', { type: 'legacy' }],
  ['eip2930', { type: 'eip2930', accessList: access }],
  ['eip1559', { type: 'eip1559', accessList: access }],
] as const)('transfers with a transaction of type %s', async (type, fields) => {
  const { reader, wallet } = clients()
  const before = await Promise.all([account.address, recipient].map((address) => reader.getBalance({ address })))
  const hash = await wallet.sendTransaction({ ...fields, to: recipient, value: 11n })
  const receipt = await reader.waitForTransactionReceipt({ hash })
  expect(receipt).toMatchObject({ status: 'success', type, to: recipient, logs: [] })
  expect(receipt.gasUsed).toBe(type === 'legacy' ? 21_000n : 21_000n + 2_400n + 1_900n)
  const transaction = await reader.getTransaction({ hash })
  expect(transaction).toMatchObject({ type, value: 11n, blockHash: receipt.blockHash, input: '0x' })
  expect(transaction.from.toLowerCase()).toBe(account.address.toLowerCase())
  const after = await Promise.all([account.address, recipient].map((address) => reader.getBalance({ address })))
  expect(after[1]! - before[1]!).toBe(11n)
  expect(before[0]! - after[0]!).toBe(11n + receipt.gasUsed * receipt.effectiveGasPrice)
})

it('delegates an account to code and takes it back with EIP-7702 transactions', async () => {
  const { reader, wallet } = clients()
  const owner = privateKeyToAccount(generatePrivateKey())
  const authorization = await wallet.signAuthorization({ account: owner, contractAddress: probe.address })
  const data = encodeFunctionData({ abi: probeAbi, functionName: 'set', args: [42n, 'delegated'] })
  const hash = await wallet.sendTransaction({ to: owner.address, data, authorizationList: [authorization] })
  const receipt = await reader.waitForTransactionReceipt({ hash })
  expect(receipt).toMatchObject({ status: 'success', type: 'eip7702' })
  expect(await reader.getCode(owner)).toBe(`0xef0100${probe.address.slice(2).toLowerCase()}`)
  expect(await reader.getTransactionCount(owner)).toBe(1)
  const own = { ...owner, abi: probeAbi, functionName: 'value' } as const
  expect(await reader.readContract(own)).toBe(42n)
  expect(await probe.read.value()).toBe(7n)
  const [event] = parseEventLogs({ abi: probeAbi, logs: receipt.logs, eventName: 'Changed' })
  expect(event).toMatchObject({ args: { before: 0n, value: 42n, note: 'delegated' } })
  expect(event!.address.toLowerCase()).toBe(owner.address.toLowerCase())
  const listed = (await reader.getTransaction({ hash })).authorizationList!
  expect(listed).toHaveLength(1)
  expect(listed[0]).toMatchObject({ nonce: 0, yParity: authorization.yParity })
  expect([listed[0]!.r, listed[0]!.s].map(BigInt)).toEqual([authorization.r, authorization.s].map(BigInt))

  const nobody = `0x${'00'.repeat(20)}` as const
  const revoked = await wallet.signAuthorization({ account: owner, contractAddress: nobody })
  const back = await wallet.sendTransaction({ to: owner.address, authorizationList: [revoked] })
  await reader.waitForTransactionReceipt({ hash: back })
  expect(await reader.getCode(owner)).toBeUndefined()
})

it('calls a contract and watches blocks and events by polling', async () => {
  const { reader } = clients()
  const seen: bigint[] = []
  const blocks: bigint[] = []
  const failures: Error[] = []
  const onError = (error: Error) => failures.push(error)
  const stopEvents = probe.watchEvent.Changed(
    { caller: account.address },
    { onLogs: (logs) => seen.push(...logs.map(({ args }) => args.value!)), onError },
  )
  const stopBlocks = reader.watchBlocks({ onBlock: ({ number }) => blocks.push(number), emitMissed: true, onError })
  const receipts = []
  try {
    await until('the first block', 10_000, async () => blocks[0])
    for (const value of [100n, 101n, 102n]) {
      const hash = await probe.write.set([value, `to ${value}`])
      receipts.push(await reader.waitForTransactionReceipt({ hash }))
    }
    const last = receipts[2]!.blockNumber
    await until('three events and their blocks', 20_000, async () =>
      seen.length >= 3 && blocks.at(-1)! >= last ? true : undefined,
    )
  } finally {
    stopEvents()
    stopBlocks()
  }
  expect(failures).toEqual([])
  expect(seen).toEqual([100n, 101n, 102n])
  expect(blocks).toEqual(Array.from({ length: blocks.length }, (_, i) => blocks[0]! + BigInt(i)))
  const fromBlock = receipts[0]!.blockNumber
  const logs = await probe.getEvents.Changed({ before: 100n }, { fromBlock, strict: true })
  expect(logs.map(({ args }) => args)).toEqual([{ caller: account.address, before: 100n, value: 101n, note: 'to 101' }])
  expect(await probe.read.value()).toBe(102n)
  expect(await reader.readContract({ ...probe, functionName: 'value', blockNumber: fromBlock })).toBe(100n)
})

it('decodes every kind of revert', async () => {
  const { reader, wallet } = clients()
  const reverted = async (call: Promise<unknown>) => {
    const error = await call.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    if (!(error instanceof BaseError)) throw new Error(`not an error of viem: ${error}`)
    return error.walk((cause) => cause instanceof ContractFunctionRevertedError) as ContractFunctionRevertedError
  }
  expect((await reverted(probe.simulate.failWithReason())).reason).toBe('the probe says no')
  expect((await reverted(probe.simulate.set([1_000_001n, '']))).data).toMatchObject({
    errorName: 'TooLarge',
    args: [1_000_001n, 1_000_000n],
  })
  expect((await reverted(probe.read.failWithPanic([0n]))).data).toMatchObject({ errorName: 'Panic', args: [18n] })
  expect((await reverted(probe.read.failSilently())).signature).toBeUndefined()
  expect((await reverted(probe.estimateGas.failWithReason({ account }))).reason).toBe('the probe says no')
  await expect(
    reader.call({ to: probe.address, data: encodeFunctionData({ abi: probeAbi, functionName: 'failSilently' }) }),
  ).rejects.toSatisfy((error: BaseError) => error.walk((e) => e instanceof ExecutionRevertedError) !== null)

  // Sent all the same: it pays for its gas, changes nothing, and emits nothing.
  const before = await probe.read.value()
  const hash = await probe.write.failWithReason({ gas: 100_000n })
  const receipt = await reader.waitForTransactionReceipt({ hash })
  expect(receipt).toMatchObject({ status: 'reverted', logs: [] })
  expect(receipt.gasUsed).toBeGreaterThan(21_000n)
  expect(receipt.gasUsed).toBeLessThan(100_000n)
  expect(await probe.read.value()).toBe(before)
  expect(wallet.account.address).toBe(account.address)
})

it('gives nonces while several transactions are pending, in any order', async () => {
  const { reader, wallet } = clients(6)
  const { address } = wallet.account
  const start = await reader.getTransactionCount({ address })
  const hashes: Hex[] = []
  for (let i = 0; i < 8; i++) hashes.push(await wallet.sendTransaction({ to: recipient, value: BigInt(i) }))
  expect(await reader.getTransactionCount({ address, blockTag: 'pending' })).toBe(start + 8)
  // Two more, the later one first: it waits for the other.
  const late = await wallet.sendTransaction({ to: recipient, nonce: start + 9 })
  expect(await reader.getTransaction({ hash: late })).toMatchObject({ blockNumber: null, nonce: start + 9 })
  hashes.push(await wallet.sendTransaction({ to: recipient, nonce: start + 8 }), late)
  const receipts = await Promise.all(hashes.map((hash) => reader.waitForTransactionReceipt({ hash })))
  const places = receipts.map(({ blockNumber, transactionIndex }) => blockNumber * 1_000n + BigInt(transactionIndex))
  expect(places).toEqual(places.toSorted((a, b) => (a < b ? -1 : 1)))
  expect(receipts.map(({ status }) => status)).toEqual(Array(10).fill('success'))
  expect(await reader.getTransactionCount({ address })).toBe(start + 10)
})

it('estimates gas that suffices and is close, and describes fees', async () => {
  const { reader } = clients()
  for (const count of [1n, 17n, 60n]) {
    const gas = await probe.estimateGas.fill([count], { account })
    const hash = await probe.write.fill([count], { gas })
    const { status, gasUsed } = await reader.waitForTransactionReceipt({ hash })
    expect(status).toBe('success')
    expect(Number(gas) / Number(gasUsed)).toBeLessThan(1.05)
  }
  expect(await reader.estimateGas({ account, to: recipient, value: 1n })).toBe(21_000n)

  const newest = await reader.getBlockNumber()
  const history = await reader.getFeeHistory({ blockCount: 5, rewardPercentiles: [10, 90], blockNumber: newest })
  expect(history.oldestBlock).toBe(newest - 4n)
  const blocks = await Promise.all([4n, 3n, 2n, 1n, 0n].map((back) => reader.getBlock({ blockNumber: newest - back })))
  expect(history.baseFeePerGas.slice(0, 5)).toEqual(blocks.map(({ baseFeePerGas }) => baseFeePerGas))
  expect(history.baseFeePerGas).toHaveLength(6)
  expect(history.gasUsedRatio).toEqual(blocks.map(({ gasUsed, gasLimit }) => Number(gasUsed) / Number(gasLimit)))
  expect(history.reward!.every((rewards) => rewards.length === 2)).toBe(true)
  const fees = await reader.estimateFeesPerGas()
  expect(fees.maxFeePerGas).toBeGreaterThanOrEqual(history.baseFeePerGas[5]! + fees.maxPriorityFeePerGas)
})

it('answers batches, each request by itself', async () => {
  const { urls, config } = devnet()
  const sent: unknown[] = []
  const transport = http(urls.rpc, {
    batch: { wait: 10 },
    onFetchRequest: (_request, init) => void sent.push(JSON.parse(init.body as string)),
  })
  const batching = createPublicClient({ chain: l2Chain(config, urls.rpc), transport })
  const [chainId, balance, code, missing] = await Promise.all([
    batching.getChainId(),
    batching.getBalance({ address: probe.address }),
    batching.getCode({ address: probe.address }),
    batching.getTransaction({ hash: `0x${'ab'.repeat(32)}` }).catch((error: BaseError) => error.name),
  ])
  expect(sent).toHaveLength(1)
  expect(sent[0]).toHaveLength(4)
  expect({ chainId, balance, missing }).toEqual({
    chainId: Number(config.l2.chainId),
    balance: 3n,
    missing: 'TransactionNotFoundError',
  })
  expect(code!.length).toBeGreaterThan(500)

  const response = await fetch(urls.rpc, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([
      { jsonrpc: '2.0', id: 'a', method: 'eth_blockNumber', params: [] },
      { jsonrpc: '2.0', id: 2, method: 'eth_noSuchMethod', params: [] },
      17,
      { jsonrpc: '2.0', method: 'eth_blockNumber' },
      { jsonrpc: '2.0', id: 5, method: 'eth_getBalance', params: ['0x12', 'latest'] },
    ]),
  })
  const answers = (await response.json()) as { id: unknown; result?: string; error?: { code: number } }[]
  expect(answers.map(({ id, error }) => [id, error?.code])).toEqual([
    ['a', undefined],
    [2, -32601],
    [null, -32600],
    [5, -32602],
  ])
})

it('refuses bad sends with errors that viem knows by class', async () => {
  const { reader, wallet } = clients(7)
  const { address } = wallet.account
  const nonce = await reader.getTransactionCount({ address })
  const first = await wallet.sendTransaction({ to: recipient })
  await reader.waitForTransactionReceipt({ hash: first })
  const good = { to: recipient, value: 1n, gas: 21_000n, nonce: nonce + 1, type: 'eip1559' } as const
  const fees = { maxFeePerGas: 2_000_000_000n, maxPriorityFeePerGas: 1n }
  const refused = async (fields: object) => {
    try {
      await wallet.sendTransaction({ ...good, ...fees, ...fields })
    } catch (error) {
      if (error instanceof BaseError) return error
      throw error
    }
    throw new Error('it was accepted')
  }
  const known = [
    [{ nonce }, NonceTooLowError],
    [{ nonce: nonce + 1_000 }, NonceTooHighError],
    [{ value: parseEther('20000') }, InsufficientFundsError],
    [{ gas: 20_999n }, IntrinsicGasTooLowError],
    [{ maxFeePerGas: 2n }, FeeCapTooLowError],
  ] as const
  for (const [fields, kind] of known) {
    const error = await refused(fields)
    expect(
      error.walk((cause) => cause instanceof kind),
      `${kind.name}: ${error.message}`,
    ).not.toBeNull()
  }
  expect((await refused({ gas: 2n ** 24n + 1n })).message).toContain('gas limit')

  // Classes of its own viem has for none of these: the words are geth's.
  const sign = (fields: object = {}) =>
    account7.signTransaction({ ...good, ...fees, nonce: nonce + 5, chainId: wallet.chain.id, ...fields })
  const account7 = testAccount(7)
  const raw = await sign()
  const send = (serializedTransaction: Hex) => reader.sendRawTransaction({ serializedTransaction })
  expect(await send(raw)).toBe(keccak256(raw))
  const words = async (serialized: Hex) => {
    const error = await send(serialized).catch((thrown: BaseError) => thrown)
    if (typeof error === 'string') throw new Error('it was accepted')
    const cause = error.walk((e) => e instanceof RpcRequestError) as RpcRequestError
    return cause.details
  }
  expect(await words(raw)).toContain('already known')
  expect(await words(await sign({ value: 2n }))).toContain('replacement transaction underpriced')
  expect(await words(await sign({ chainId: 1 }))).toContain('invalid chain id')
  expect(await words('0x02c0')).toContain('rlp')
  expect(await reader.getTransactionCount({ address })).toBe(nonce + 1)
})
