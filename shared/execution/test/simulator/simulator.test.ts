import { type Address, bytesToHex, hexToBytes, keccak256 } from '@crema/protocol'
import { verifyMerkleProof } from '@ethereumjs/mpt'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CallMessage, createSimulator, MissingStateError, type StateSimulator } from '../../src/index.ts'
import { code, initcode, push, returnWord, revert } from '../assembler.ts'
import { config, createTestChain, deposit, ether, hash, type TestChain, wallet } from '../support.ts'

const alice = wallet(1)
const store: Address = `0x${'c1'.repeat(20)}`
const failing: Address = `0x${'c2'.repeat(20)}`
const nobody: Address = `0x${'ee'.repeat(20)}`

let chain: TestChain
let simulator: StateSimulator

beforeAll(async () => {
  // store: SSTORE(CALLDATALOAD(0), CALLVALUE + SLOAD(..) ) would hide reads; it adds 1 to slot 0 and returns it.
  const counter = code('5f', '54', push(1), '01', '80', '5f', '55', returnWord)
  chain = await createTestChain({
    [alice.address]: { balance: ether },
    [store]: { code: counter, nonce: 1n, storage: { [hash(5)]: hash(9) } },
    [failing]: { code: code(push(0xabcd), '5f', '52', push(32), '5f', 'fd'), nonce: 1n },
  })
  await chain.run([], [deposit(0, { to: store })])
  simulator = createSimulator({ config, state: chain.store, blockHash: (number) => hash(number + 0x100n) })
})

function message(fields: Partial<CallMessage>): CallMessage {
  const { address } = alice
  return { from: address, to: store, gas: 1_000_000n, gasPrice: 0n, value: 0n, data: new Uint8Array(0), ...fields }
}
const call = (fields: Partial<CallMessage>, rest: object = {}) =>
  simulator.call({ header: chain.head, message: message(fields), ...rest })

describe('reads', () => {
  it('accounts, code and storage, present and absent', async () => {
    const root = chain.head.stateRoot
    expect(await simulator.account(root, alice.address)).toMatchObject({ balance: ether, nonce: 0n })
    expect(await simulator.account(root, nobody)).toBeUndefined()
    expect((await simulator.code(root, store)).length).toBeGreaterThan(0)
    expect(await simulator.code(root, nobody)).toHaveLength(0)
    expect(await simulator.storage(root, store, hash(5))).toBe(hash(9))
    expect(await simulator.storage(root, store, hash(6))).toBe(hash(0))
    expect(await simulator.storage(root, nobody, hash(5))).toBe(hash(0))
  })

  it('fail with the missing node for an unknown state', async () => {
    await expect(simulator.account(hash(1), alice.address)).rejects.toThrow(MissingStateError)
  })

  it('prove inclusion and exclusion of accounts and slots', async () => {
    const root = chain.head.stateRoot
    for (const address of [store, nobody]) {
      const proof = await simulator.proof(root, address, [hash(5), hash(6)])
      const leaf = await verifyMerkleProof(keccak256(hexToBytes(address)), proof.accountProof.map(hexToBytes), {
        useKeyHashing: false,
      })
      expect(leaf === null).toBe(address === nobody)
      expect(bytesToHex(keccak256(hexToBytes(proof.accountProof[0]!)))).toBe(root)
      if (address === nobody)
        expect(proof).toMatchObject({ balance: 0n, storageProof: [{ value: 0n, proof: [] }, { proof: [] }] })
      else {
        expect(proof.storageProof.map(({ value }) => value)).toEqual([9n, 0n])
        const slot = await verifyMerkleProof(
          keccak256(hexToBytes(hash(5))),
          proof.storageProof[0]!.proof.map(hexToBytes),
          {
            useKeyHashing: false,
          },
        )
        expect(slot).toEqual(Uint8Array.of(9))
      }
    }
  })
})

describe('calls', () => {
  it('run on the state after the block, change nothing, and may overlap', async () => {
    const results = await Promise.all(Array.from({ length: 12 }, () => call({})))
    for (const result of results) expect(result).toMatchObject({ success: true, output: hash(2), error: undefined })
    expect(await simulator.storage(chain.head.stateRoot, store, hash(0))).toBe(hash(1))
  })

  it('cost a plain transfer 21,000', async () => {
    expect(await call({ to: nobody, value: 1n })).toMatchObject({ success: true, gasUsed: 21_000n })
  })

  it('return revert data and the reason', async () => {
    expect(await call({ to: failing })).toMatchObject({ success: false, output: hash(0xabcd), error: 'revert' })
    expect(await call({ to: store, gas: 22_000n })).toMatchObject({
      success: false,
      error: 'out of gas',
      gasUsed: 22_000n,
    })
  })

  it('need the value covered but no gas money without a price', async () => {
    expect(await call({ from: nobody })).toMatchObject({ success: true })
    expect(await call({ from: nobody, value: 1n })).toMatchObject({ success: false, gasUsed: 0n })
    expect(await call({ gasPrice: ether })).toMatchObject({ success: false })
    expect((await call({ gas: 20_000n })).error).toMatch(/intrinsic/)
  })

  it('read BASEFEE as 0 without a price and as the block has it with one', async () => {
    const asks = new Map([[nobody, { code: hexToBytes(code('48', returnWord)) }]])
    expect((await call({ to: nobody }, { stateOverrides: asks })).output).toBe(hash(0))
    const priced = await call({ to: nobody, gasPrice: 10_000n }, { stateOverrides: asks })
    expect(BigInt(priced.output)).toBe(chain.head.baseFeePerGas)
    const overridden = await call({ to: nobody }, { stateOverrides: asks, blockOverrides: { baseFeePerGas: 77n } })
    expect(overridden.output).toBe(hash(77))
  })

  it('take overrides of balance, nonce, code, state and stateDiff', async () => {
    const load = (slot: number) => hexToBytes(code(push(slot), '54', returnWord))
    const diff = new Map([[hash(7), hash(70)]])
    const output = async (override: object) => (await call({}, { stateOverrides: new Map([[store, override]]) })).output
    expect(await output({ code: load(5), stateDiff: diff })).toBe(hash(9))
    expect(await output({ code: load(7), stateDiff: diff })).toBe(hash(70))
    expect(await output({ code: load(5), state: diff })).toBe(hash(0))
    expect(await output({ code: hexToBytes(code('30', '31', returnWord)), balance: 123n })).toBe(hash(123))
    const funded = await call({ from: nobody, value: 5n }, { stateOverrides: new Map([[nobody, { balance: 5n }]]) })
    expect(funded.success).toBe(true)
    expect((await call({})).output).toBe(hash(2))
  })

  it('take overrides of the block and answer BLOCKHASH across them', async () => {
    const ask = (opcodes: string) => new Map([[nobody, { code: hexToBytes(code(opcodes, returnWord)) }]])
    const number = { blockOverrides: { number: 50n } }
    expect((await call({ to: nobody }, { stateOverrides: ask('43'), ...number })).output).toBe(hash(50))
    const own = await call({ to: nobody }, { stateOverrides: ask(`${push(chain.head.number)}40`), ...number })
    expect(own.output).toBe(chain.head.hash)
    const later = await call({ to: nobody }, { stateOverrides: ask(`${push(40)}40`), ...number })
    expect(later.output).toBe(hash(40 + 0x100))
    const time = { blockOverrides: { timestamp: 9n, prevRandao: hash(3) } }
    expect((await call({ to: nobody }, { stateOverrides: ask('42'), ...time })).output).toBe(hash(9))
    expect((await call({ to: nobody }, { stateOverrides: ask('44'), ...time })).output).toBe(hash(3))
  })

  it('list what was touched, without sender, target and precompiles', async () => {
    const peeks = new Map([
      [
        nobody,
        {
          code: hexToBytes(
            code('73', store, '31', '50', '73', alice.address, '31', '50', push(3), '54', '50', push(4), '31'),
          ),
        },
      ],
    ])
    const { accessList } = await call({ to: nobody }, { stateOverrides: peeks })
    expect(accessList).toEqual([
      { address: store, storageKeys: [] },
      { address: nobody, storageKeys: [hash(3)] },
    ])
  })

  it('create', async () => {
    const created = await call({ to: undefined, data: initcode('0x6001') })
    expect(created).toMatchObject({ success: true, output: '0x6001' })
    const failed = await call({ to: undefined, data: hexToBytes(code(revert)) })
    expect(failed).toMatchObject({ success: false, error: 'revert' })
  })
})
