import { l2ToL1MessagePasserAbi, portalAbi } from '@crema/l1'
import { type Address, type Hash, limits, predeploys } from '@crema/protocol'
import { encodeFunctionData, type Hex, parseEther } from 'viem'
import { getL2TransactionHashes, getWithdrawals } from 'viem/op-stack'
import { expect, it } from 'vitest'
import { inboxCount } from '../support/assertions.ts'
import { createClients } from '../support/clients.ts'
import { setFaults } from '../support/faults.ts'
import { nodeWell } from '../support/node-status.ts'
import { useDevnet } from '../support/scenario.ts'
import { storedChain, syncFromL1 } from '../support/sync-from-l1.ts'
import { until } from '../support/until.ts'

const devnet = useDevnet({ parameters: { blockTimeMs: 200 }, services: ['sequencer', 'poster', 'rpc'] })
const USER = 6
const clients = () => createClients(devnet(), USER)
const ALIAS = 0x1111000000000000000000000000000000001111n

const aliased = (address: Address): Address =>
  `0x${((BigInt(address) + ALIAS) % 2n ** 160n).toString(16).padStart(40, '0')}`

interface Sent {
  readonly to: Address
  readonly value?: bigint
  readonly mint?: bigint
  readonly gasLimit?: bigint
  readonly isCreation?: boolean
  readonly data?: Hex
}

/** Deposits from the user itself; resolves with its receipt on L2, found by the hash that OP Stack tools compute. */
async function deposit({ to, value = 0n, mint = 0n, gasLimit = 200_000n, isCreation = false, data = '0x' }: Sent) {
  const { l1Wallet, l1Public, l2Public } = clients()
  const hash = await l1Wallet.writeContract({
    address: devnet().config.l1Contracts.portal,
    abi: portalAbi,
    functionName: 'depositTransaction',
    args: [to, value, gasLimit, isCreation, data],
    value: mint,
  })
  const receipt = await l1Public.waitForTransactionReceipt({ hash })
  expect(receipt.status).toBe('success')
  const [alias] = getL2TransactionHashes(receipt)
  return l2Public.waitForTransactionReceipt({ hash: alias!, timeout: 30_000 })
}

const nobody: Address = `0x${'0'.repeat(40)}`
/** Returns what follows as the code of a contract. */
const creating = (code: Hex): Hex => {
  const size = ((code.length - 2) / 2).toString(16).padStart(2, '0')
  return `0x60${size}600c60003960${size}6000f3${code.slice(2)}`
}

it('finds a deposit by both hashes', async () => {
  const { l2Public } = clients()
  const { l1Wallet, l1Public } = clients()
  const to: Address = `0x${'e1'.repeat(20)}`
  const sent = await l1Wallet.depositTransaction(await l2Public.buildDepositTransaction({ mint: 11n, to }))
  const [alias] = getL2TransactionHashes(await l1Public.waitForTransactionReceipt({ hash: sent }))
  const receipt = await l2Public.waitForTransactionReceipt({ hash: alias!, timeout: 30_000 })
  const block = await l2Public.getBlock({ blockNumber: receipt.blockNumber, includeTransactions: true })
  const own = block.transactions.find((transaction) => transaction.to === to)!.hash
  expect(own).not.toBe(alias)
  const byOwn = await l2Public.getTransactionReceipt({ hash: own })
  expect({ ...byOwn, transactionHash: undefined }).toEqual({ ...receipt, transactionHash: undefined })
  const [first, second] = await Promise.all([alias!, own].map((hash) => l2Public.getTransaction({ hash })))
  expect({ ...first, hash: undefined }).toEqual({ ...second, hash: undefined })
  expect(first).toMatchObject({ typeHex: '0x7e', to, value: 11n, mint: '0xb' })
})

it('keeps the mint of a deposit that reverts, and counts its nonce', async () => {
  const { l2Public, account } = clients()
  // Reverts whenever it is called.
  const created = await deposit({ to: nobody, isCreation: true, data: creating('0x60006000fd') })
  const before = await l2Public.getBalance({ address: account.address })
  const nonce = await l2Public.getTransactionCount({ address: account.address })
  const mint = parseEther('2')
  const receipt = await deposit({ to: created.contractAddress! as Address, value: parseEther('1'), mint })
  expect(receipt.status).toBe('reverted')
  expect(await l2Public.getBalance({ address: account.address })).toBe(before + mint)
  expect(await l2Public.getBalance({ address: created.contractAddress! })).toBe(0n)
  expect(await l2Public.getTransactionCount({ address: account.address })).toBe(nonce + 1)
})

it('creates a contract by a deposit', async () => {
  const { l2Public } = clients()
  const code: Hex = '0x602a60005260206000f3'
  const receipt = await deposit({ to: nobody, isCreation: true, data: creating(code) })
  expect(receipt.status).toBe('success')
  expect(await l2Public.getCode({ address: receipt.contractAddress! })).toBe(code)
  const { data } = await l2Public.call({ to: receipt.contractAddress! })
  expect(BigInt(data!)).toBe(42n)
})

it('lets a contract on L2 send a message to L1, called by a deposit', async () => {
  const { l2Public } = clients()
  const passer = predeploys.l2ToL1MessagePasser
  // Passes calldata and value on to the message passer, and reverts when that fails.
  const code: Hex = `0x366000600037600060003660003473${passer.slice(2)}5af115602a57005b60006000fd`
  const { contractAddress } = await deposit({ to: nobody, isCreation: true, data: creating(code) })
  const sender = contractAddress!.toLowerCase() as Address
  const target: Address = `0x${'e3'.repeat(20)}`
  const before = await l2Public.getBlock()
  const receipt = await deposit({
    to: sender,
    value: 5n,
    mint: 5n,
    gasLimit: 300_000n,
    data: encodeFunctionData({
      abi: l2ToL1MessagePasserAbi,
      functionName: 'initiateWithdrawal',
      args: [target, 100_000n, '0xbeef'],
    }),
  })
  expect(receipt.status).toBe('success')
  const [withdrawal] = getWithdrawals(receipt)
  expect(withdrawal).toMatchObject({ value: 5n, gasLimit: 100_000n, data: '0xbeef' })
  expect(withdrawal!.sender.toLowerCase()).toBe(sender)
  expect(withdrawal!.target.toLowerCase()).toBe(target)
  const sent = await l2Public.readContract({
    address: passer,
    abi: l2ToL1MessagePasserAbi,
    functionName: 'sentMessages',
    args: [withdrawal!.withdrawalHash],
  })
  expect(sent).toBe(true)
  // The header carries the root under which L1 is shown the message.
  const block = await l2Public.getBlock({ blockNumber: receipt.blockNumber })
  expect(block.withdrawalsRoot).not.toBe(before.withdrawalsRoot)
})

/**
 * A contract that calls the Portal `count` (its calldata's first word) times, with the calldata after it, and one wei each:
 * loop: while count > 0: count -= 1; call(gas, portal, 1, calldata[32:], 0, 0), reverting if that fails.
 */
function batcher(portal: Address): Hex {
  const body = [
    '602036036020600037', // calldatacopy(0, 32, size - 32)
    '600035', // count
    '5b', // loop (at 12)
    '8015604057', // if count == 0 goto end (at 64)
    '600190', // 1, swap
    '03', // count - 1
    '60006000602036036000600173', // out 0 0, in size, in 0, value 1, push20
    portal.slice(2),
    '5af1', // call(gas, portal, ...)
    '15604257', // if it failed goto fail (at 66)
    '600c56', // goto loop
    '5b00', // end: stop
    '5b60006000fd', // fail: revert
  ].join('')
  return `0x${body}`
}

/** Deploys code on L1. */
async function deployOnL1(code: Hex): Promise<Address> {
  const { l1Wallet, l1Public } = clients()
  const hash = await l1Wallet.deployContract({ abi: [], bytecode: creating(code) })
  return (await l1Public.waitForTransactionReceipt({ hash })).contractAddress!
}

it('executes three hundred waiting deposits of a contract once each, in order, from its aliased address', async () => {
  const net = devnet()
  const { l1Wallet, l1Public, l2Public } = clients()
  const contract = await deployOnL1(batcher(net.config.l1Contracts.portal))
  const to: Address = `0x${'e2'.repeat(20)}`
  const [CALLS, EACH] = [3, 100]
  const call = encodeFunctionData({
    abi: portalAbi,
    functionName: 'depositTransaction',
    args: [to, 1n, 21_000n, false, '0x'],
  })
  // They wait together, because no lane block is ordered meanwhile.
  await setFaults(net, { stop: 'refuse' })
  const hashes: Hash[] = []
  let last = 0n
  for (let i = 0; i < CALLS; i++) {
    const hash = await l1Wallet.sendTransaction({
      to: contract,
      value: BigInt(EACH),
      data: `0x${EACH.toString(16).padStart(64, '0')}${call.slice(2)}`,
      gas: 15_000_000n,
    })
    const receipt = await l1Public.waitForTransactionReceipt({ hash })
    expect(receipt.status).toBe('success')
    hashes.push(...getL2TransactionHashes(receipt))
    last = receipt.blockNumber
  }
  expect(hashes).toHaveLength(CALLS * EACH)
  // Two blocks on, so that the sequencer's own look at L1 has surely seen it final.
  await until('them to be final on L1', 20_000, async () =>
    (await l1Public.getBlock({ blockTag: 'finalized' })).number >= last + 2n ? true : undefined,
  )
  await setFaults(net, {})
  const receipts = await Promise.all(
    hashes.map((each) => l2Public.waitForTransactionReceipt({ hash: each, timeout: 60_000 })),
  )
  const from = aliased(contract.toLowerCase() as Address)
  for (const each of receipts) expect(each).toMatchObject({ status: 'success', from })
  expect(await l2Public.getBalance({ address: to })).toBe(BigInt(CALLS * EACH))
  expect(BigInt(await l2Public.getTransactionCount({ address: from }))).toBe(BigInt(CALLS * EACH))

  const [first] = receipts
  const places = receipts.map(({ blockNumber, transactionIndex }) => [
    Number(blockNumber - first!.blockNumber),
    transactionIndex,
  ])
  const most = Number(limits.maxDepositsPerLeaf)
  // The first leaf is full; the next takes the rest.
  expect(places).toEqual(receipts.map((_, i) => [Math.floor(i / most), i % most]))
})

it('is the same chain for a node that knows L1 alone', async () => {
  const net = devnet()
  const { l2Public } = clients()
  await until('everything to be final', 60_000, async () => {
    const count = await inboxCount(net)
    const [latest, finalized] = await Promise.all([l2Public.getBlock(), l2Public.getBlock({ blockTag: 'finalized' })])
    return latest.hash === finalized.hash && latest.number === net.config.genesis.number + count ? true : undefined
  })
  await nodeWell(net)
  await Promise.all([net.services.sequencer.stop(), net.services.poster.stop(), net.services.rpc.stop()])
  const stored = storedChain(net, 'rpc')
  expect(await syncFromL1(net, stored.latest)).toEqual(stored)
})
