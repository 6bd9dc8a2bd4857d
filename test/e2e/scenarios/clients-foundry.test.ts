import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { predeploys } from '@crema/protocol'
import { testAddress, testKey } from '@crema/testing'
import { createPublicClient, encodeAbiParameters, type Hex, http, keccak256, parseEther, toEventSelector } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { l2Chain } from '../devnet/chains.ts'
import { probeAbi } from '../support/abis.ts'
import { compile } from '../support/compile.ts'
import { forgeScriptFolder, foundry } from '../support/foundry.ts'
import { rollupCall } from '../support/rollup-call.ts'
import { useDevnet } from '../support/scenario.ts'

const devnet = useDevnet({ parameters: { blockTimeMs: 200 }, services: ['sequencer', 'poster', 'rpc'] })
const from = testAddress(5)
const recipient = testAddress(31)
const access = [{ address: recipient, storageKeys: [`0x${'11'.repeat(32)}`] }]
const key = ['--private-key', testKey(5)]

interface CastReceipt {
  readonly status: Hex
  readonly type: Hex
  readonly gasUsed: Hex
  readonly transactionHash: Hex
  readonly blockNumber: Hex
  readonly contractAddress?: Hex
  readonly logs: readonly { readonly topics: readonly Hex[]; readonly address: Hex }[]
}

let home: string
let probe: Hex
let created: CastReceipt

const cast = (...args: string[]) => foundry('cast', args, { home, env: { ETH_RPC_URL: devnet().urls.rpc } })
const send = async (...args: string[]) => JSON.parse(await cast('send', '--json', ...key, ...args)) as CastReceipt
const reader = () => createPublicClient({ chain: l2Chain(devnet().config, devnet().urls.rpc), transport: http() })

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'crema-foundry-'))
  const { bytecode } = compile('forge-script/src/Probe.sol')
  const code = bytecode + encodeAbiParameters([{ type: 'uint256' }], [7n]).slice(2)
  created = await send('--value', '3', '--create', code)
  expect(created.status).toBe('0x1')
  probe = created.contractAddress!
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

it.each([
  ['of a legacy transaction', '0x0', 21_000, ['--legacy']],
  ['with an access list', '0x2', 25_300, ['--access-list', JSON.stringify(access)]],
  ['with a legacy price and an access list', '0x1', 25_300, ['--legacy', '--access-list', JSON.stringify(access)]],
  ['with dynamic fees', '0x2', 21_000, []],
] as const)('cast sends a transfer %s', async (_name, type, gas, flags) => {
  const before = BigInt(await cast('balance', recipient))
  const receipt = await send(recipient, '--value', '11gwei', ...flags)
  expect(receipt).toMatchObject({ status: '0x1', type, gasUsed: `0x${gas.toString(16)}` })
  expect(BigInt(await cast('balance', recipient)) - before).toBe(11_000_000_000n)
  expect(JSON.parse(await cast('receipt', '--json', receipt.transactionHash))).toMatchObject(receipt)
})

it('cast delegates an account with an EIP-7702 transaction', async () => {
  const owner = testAddress(33)
  const signed = await cast('wallet', 'sign-auth', probe, '--private-key', testKey(33), '--nonce', '0')
  const receipt = await send('--auth', signed, owner, 'set(uint256,string)', '42', 'delegated')
  expect(receipt).toMatchObject({ status: '0x1', type: '0x4' })
  expect(await cast('code', owner)).toBe(`0xef0100${probe.slice(2).toLowerCase()}`)
  expect(await cast('call', owner, 'value()(uint256)')).toBe('42')
  expect(await cast('nonce', owner)).toBe('1')
})

it('cast calls, estimates, reads blocks, logs and storage', async () => {
  const receipt = await send(probe, 'set(uint256,string)', '100', 'by cast', '--value', '5')
  expect(await cast('call', probe, 'value()(uint256)')).toBe('100')
  expect(BigInt(await cast('storage', probe, '0'))).toBe(100n)
  expect(await cast('call', probe, 'value()(uint256)', '--block', String(BigInt(receipt.blockNumber) - 1n))).toBe('7')
  const estimate = BigInt(await cast('estimate', '--from', from, probe, 'set(uint256,string)', '100', 'by cast'))
  expect(estimate).toBeGreaterThan(21_000n)
  expect(estimate).toBeLessThan(BigInt(receipt.gasUsed) * 2n)

  const number = String(BigInt(receipt.blockNumber))
  const block = JSON.parse(await cast('block', '--json', '--full', number))
  expect(block.transactions.map(({ hash }: { hash: Hex }) => hash)).toContain(receipt.transactionHash)
  const signature = 'Changed(address indexed,uint256 indexed,uint256,string)'
  const logs = JSON.parse(
    await cast('logs', '--json', '--from-block', number, '--to-block', 'latest', '--address', probe, signature, from),
  )
  expect(logs).toHaveLength(1)
  expect(logs[0]).toMatchObject({ transactionHash: receipt.transactionHash, blockNumber: receipt.blockNumber })
  expect(logs[0].topics[0]).toBe(toEventSelector('Changed(address,uint256,uint256,string)'))
  expect(await cast('chain-id')).toBe(String(devnet().config.l2.chainId))
  expect(BigInt(await cast('gas-price'))).toBeGreaterThan(0n)
  expect((await cast('tx', receipt.transactionHash, 'nonce')).trim()).toMatch(/^\d+$/)
})

it('cast decodes reverts and refusals', async () => {
  await expect(cast('call', probe, 'failWithReason()')).rejects.toThrow('the probe says no')
  await expect(cast('estimate', probe, 'failWithReason()')).rejects.toThrow('the probe says no')
  await expect(cast('call', probe, 'failWithPanic(uint256)', '0')).rejects.toThrow('division or modulo by zero')
  await expect(send(recipient, '--value', '20000ether', '--gas-limit', '21000')).rejects.toThrow('insufficient funds')
  await expect(send(recipient, '--nonce', '0', '--gas-limit', '21000')).rejects.toThrow('nonce too low')
  const reverted = await send(probe, 'failWithReason()', '--gas-limit', '100000')
  expect(reverted).toMatchObject({ status: '0x0', logs: [] })
})

it('cast fetches proofs that verify against the block', async () => {
  const receipt = await send(probe, 'set(uint256,string)', '123', 'proven')
  const proof = JSON.parse(await cast('proof', probe, '0x0', '--block', String(BigInt(receipt.blockNumber)))) as {
    readonly accountProof: readonly Hex[]
    readonly storageHash: Hex
    readonly storageProof: readonly { readonly value: Hex; readonly proof: readonly Hex[] }[]
  }
  const { stateRoot } = await reader().getBlock({ blockNumber: BigInt(receipt.blockNumber) })
  expect(keccak256(proof.accountProof[0]!)).toBe(stateRoot)
  expect(keccak256(proof.storageProof[0]!.proof[0]!)).toBe(proof.storageHash)
  expect(BigInt(proof.storageProof[0]!.value)).toBe(123n)
})

it('cast run replays past transactions in revm with the same outcome', async () => {
  const owner = testAddress(34)
  const signed = await cast('wallet', 'sign-auth', probe, '--private-key', testKey(34), '--nonce', '0')
  // Through JSON-RPC cast cannot tell an account that does not exist, for which EIP-7702 refunds less, from an empty one.
  await send(owner, '--value', '1')
  const calls = [
    created,
    await send('--auth', signed, owner, 'set(uint256,string)', '42', 'delegated'),
    await send(probe, 'fill(uint256)', '20'),
    await send(probe, 'set(uint256,string)', '77', 'replayed'),
    await send(predeploys.weth9, 'deposit()', '--value', '1ether'),
    await send(probe, 'failWithReason()', '--gas-limit', '100000'),
  ]
  for (const { transactionHash, gasUsed, status, logs } of calls) {
    const trace = await cast('run', '--evm-version', 'osaka', transactionHash)
    expect(trace, transactionHash).toContain(`Gas used: ${BigInt(gasUsed)}`)
    expect(trace.includes('Transaction successfully executed.')).toBe(status === '0x1')
    expect(trace.includes('[Revert]')).toBe(status === '0x0')
    expect(trace.match(/emit /g)?.length ?? 0).toBe(logs.length)
  }
})

it('forge script deploys and calls, and its broadcast is on the chain', async () => {
  const out = join(home, 'forge')
  const env = {
    DEPLOYER_KEY: testKey(6),
    FOUNDRY_OUT: join(out, 'out'),
    FOUNDRY_CACHE_PATH: join(out, 'cache'),
    FOUNDRY_BROADCAST: join(out, 'broadcast'),
  }
  const args = ['script', 'script/Deploy.s.sol:Deploy', '--broadcast', '--slow', '--rpc-url', devnet().urls.rpc]
  const said = await foundry('forge', args, { cwd: forgeScriptFolder, home, env })
  expect(said).toContain('ONCHAIN EXECUTION COMPLETE & SUCCESSFUL')
  const folder = join(out, 'broadcast/Deploy.s.sol', String(devnet().config.l2.chainId))
  expect(readdirSync(folder)).toContain('run-latest.json')
  const { transactions, receipts } = JSON.parse(readFileSync(join(folder, 'run-latest.json'), 'utf8')) as {
    readonly transactions: readonly { readonly hash: Hex; readonly contractAddress: Hex }[]
    readonly receipts: readonly CastReceipt[]
  }
  expect(receipts.map(({ status }) => status)).toEqual(['0x1', '0x1', '0x1'])
  const address = transactions[0]!.contractAddress
  const client = reader()
  expect(await client.readContract({ address, abi: probeAbi, functionName: 'value' })).toBe(8n)
  expect((await client.readContract({ address, abi: probeAbi, functionName: 'lastCaller' })).toLowerCase()).toBe(
    testAddress(6),
  )
  expect(await client.getBalance({ address })).toBe(parseEther('3', 'gwei'))
  for (const { hash } of transactions) {
    expect(await rollupCall(devnet().urls.rpc, 'eth_getTransactionByHash', hash)).toMatchObject({
      from: testAddress(6),
    })
  }
})
