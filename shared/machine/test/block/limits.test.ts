import { type Address, encodePayload, type GenesisAccount, type Hex, limits } from '@crema/protocol'
import { expect, it } from 'vitest'
import { createMachineExecutor, MAX_STEPS, MachineError, MissingCodeError, MissingNodeError } from '../../src/index.ts'
import { randomBytes, randomSource } from '../trie/support.ts'
import { address, config, createPair, ether, memoryStore, portal, signed, wallet } from './support.ts'

const sender = wallet(9)
const target = address(0xc0de)

function allocWith(code: Hex): Record<Address, GenesisAccount> {
  return { [sender.address]: { balance: 10_000n * ether }, [target]: { code, nonce: 1n } }
}

function call(nonce: bigint, gasLimit: bigint, data: Uint8Array = new Uint8Array(0), to: Address = target): Uint8Array {
  const fees = { maxPriorityFeePerGas: 0n, maxFeePerGas: 10n ** 9n }
  return signed(
    { type: 2, chainId: config.chainId, nonce, to, value: 0n, gasLimit, data, accessList: [], ...fees },
    sender,
  )
}

/** Runs one call of `code` with all gas that a transaction may have. */
async function runCall(code: Hex) {
  const pair = await createPair(allocWith(code))
  const payload = encodePayload([call(0n, limits.maxTransactionGas)])
  const actual = pair.machine.executeBlock(pair.head, pair.next({ payload }))
  return { receipt: actual.block.receipts[0]!, steps: actual.steps[1]! }
}

/** What makes the most micro-ops for its gas: no program may exceed the room that a trace has. */
const cheapest: readonly (readonly [string, Hex])[] = [
  ['only JUMPDESTs', `0x5b${'5b'.repeat(20_000)}5f56`],
  ['warm calls of a precompile, result copied', '0x5b61080061ffff5f5f600461ffff5af1505f56'],
  ['warm calls of an account without code', '0x5b5f5f5f5f5f61dead5af1505f56'],
  ['copies of one byte', '0x5b60015f5f375f56'],
  ['copies of 4 KiB across blocks of memory', '0x5b6110005f6107ff375f56'],
  ['calls of itself down to the gas, again and again', '0x5b5f5f5f5f5f305af1505f56'],
  ['empty creations', '0x5b5f5f5ff0505f56'],
]

it.each(cheapest)(
  'micro-ops fit a trace: %s',
  async (_, code) => {
    const { receipt, steps } = await runCall(code)
    expect(receipt.gasUsed).toBeGreaterThan(15_000_000n)
    expect(steps).toBeLessThan(MAX_STEPS)
    expect(steps).toBeLessThan(Number(receipt.gasUsed))
  },
  60_000,
)

it('calls of precompiles above the price or size limit fail, identity apart', async () => {
  const input = (size: number): string => `62${size.toString(16).padStart(6, '0')}`
  const stored = async (precompile: number, size: number): Promise<bigint> => {
    // MSTORE(0, STATICCALL(gas, precompile, 0, size, 0, 0)); LOG0(0, 32)
    const hex = precompile.toString(16).padStart(2, '0')
    const { receipt } = await runCall(`0x5f5f${input(size)}5f60${hex}629896805a03fa5f5260205fa000`)
    return BigInt(receipt.logs[0]!.data)
  }
  expect(await stored(2, limits.maxPrecompileInput)).toBe(1n)
  expect(await stored(2, limits.maxPrecompileInput + 1)).toBe(0n)
  expect(await stored(4, limits.maxPrecompileInput + 1)).toBe(1n)
})

it('names the node or code that the store lacks, and works once it is there', async () => {
  const pair = await createPair(allocWith('0x5f5f5500'))
  const input = pair.next({ payload: encodePayload([call(0n, 100_000n)]) })
  const empty = createMachineExecutor({ config, state: memoryStore(), portal })
  expect(() => empty.executeBlock(pair.head, input)).toThrow(MissingNodeError)
  const codeless = { node: pair.stores[1].node, code: () => undefined }
  expect(() => createMachineExecutor({ config, state: codeless, portal }).executeBlock(pair.head, input)).toThrow(
    MissingCodeError,
  )
  let hidden = true
  const flaky = {
    node: (hash: Uint8Array) => (hidden ? undefined : pair.stores[1].node(hash)),
    code: pair.stores[1].code,
  }
  const executor = createMachineExecutor({ config, state: flaky, portal })
  expect(() => executor.executeBlock(pair.head, input)).toThrow(MissingNodeError)
  hidden = false
  const { block } = executor.executeBlock(pair.head, input)
  const { expected } = await pair.run(input)
  expect(block).toEqual(expected)
})

it('refuses a block that does not follow, and never throws for what a payload holds', async () => {
  const pair = await createPair(allocWith('0x00'))
  expect(() => pair.machine.executeBlock(pair.head, { ...pair.next({}), number: 7n })).toThrow(MachineError)
  const random = randomSource(5)
  for (let i = 0; i < 100; i++) {
    const raw = call(pair.head.number, 50_000n, randomBytes(random, 10))
    const at = random() % raw.length
    raw[at] = random() & 255
    const payload = random() % 2 === 0 ? encodePayload([raw]) : randomBytes(random, random() % 300)
    const { expected, actual } = await pair.run(pair.next({ payload }))
    expect(actual.block).toEqual(expected)
  }
  expect(pair.head.number).toBe(100n)
}, 30_000)

it('executes a transaction that asks for all the gas that the block has left, and skips one that asks for more', async () => {
  const pair = await createPair(allocWith('0xfe'))
  const left = config.blockGasLimit - limits.maxTransactionGas
  const raws = [call(0n, limits.maxTransactionGas), call(1n, left + 1n), call(1n, left), call(2n, 21_000n)]
  const { expected, actual } = await pair.run(pair.next({ payload: encodePayload(raws) }))
  expect(actual.block).toEqual(expected)
  expect(actual.block.transactions).toHaveLength(2)
  expect(actual.block.skipped.map(({ reason }) => reason)).toEqual([
    'gas-limit-exceeds-block',
    'gas-limit-exceeds-block',
  ])
}, 30_000)
