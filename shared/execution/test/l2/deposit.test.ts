import { type Address, floorGas } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { createSimulator } from '../../src/index.ts'
import { code, initcode, push, returnWord, revert } from '../assembler.ts'
import { config, createTestChain, deposit, ether, signed, type TestChain, transfer, wallet } from '../support.ts'

const sender: Address = `0x${'aa'.repeat(20)}`
const target: Address = `0x${'bb'.repeat(20)}`

async function accountOf(chain: TestChain, address: Address) {
  const simulator = createSimulator({ config, state: chain.store, blockHash: () => undefined })
  return simulator.account(chain.head.stateRoot, address)
}

describe('deposits', () => {
  it('mint, send the value and raise the nonce', async () => {
    const chain = await createTestChain({})
    const { block } = await chain.run([], [deposit(0, { mint: 10n, value: 4n })])
    expect(block.receipts[0]).toMatchObject({ type: 0x7e, status: 1, gasUsed: 21_000n, effectiveGasPrice: 0n })
    expect(await accountOf(chain, sender)).toMatchObject({ balance: 6n, nonce: 1n })
    expect(await accountOf(chain, target)).toMatchObject({ balance: 4n, nonce: 0n })
  })

  it.each([
    ['a revert', code(revert)],
    ['an invalid opcode', '0xfe'],
  ] as const)('keep the mint and use all gas after %s', async (_, targetCode) => {
    const chain = await createTestChain({ [target]: { code: targetCode, nonce: 1n } })
    const { block } = await chain.run([], [deposit(0, { mint: 10n, value: 4n, gasLimit: 90_000n })])
    expect(block.receipts[0]).toMatchObject({ status: 0, gasUsed: 90_000n })
    expect(block.header.gasUsed).toBe(90_000n)
    expect(await accountOf(chain, sender)).toMatchObject({ balance: 10n, nonce: 1n })
    expect(await accountOf(chain, target)).toMatchObject({ balance: 0n })
  })

  it('fail without running when the value is not covered, creations included', async () => {
    const chain = await createTestChain({})
    const deposits = [deposit(0, { mint: 1n, value: 2n }), deposit(1, { to: undefined, value: 5n })]
    const { block } = await chain.run([], deposits)
    expect(block.receipts.map(({ status, gasUsed }) => [status, gasUsed])).toEqual([
      [0, 100_000n],
      [0, 100_000n],
    ])
    expect(await accountOf(chain, sender)).toMatchObject({ balance: 1n, nonce: 2n })
  })

  it('fail when the gas limit does not cover the intrinsic gas', async () => {
    const chain = await createTestChain({})
    const { block } = await chain.run([], [deposit(0, { mint: 1n, gasLimit: 20_000n })])
    expect(block.receipts[0]).toMatchObject({ status: 0, gasUsed: 20_000n })
    expect(await accountOf(chain, sender)).toMatchObject({ balance: 1n, nonce: 1n })
  })

  it('pay the calldata floor', async () => {
    const data = new Uint8Array(1_000).fill(1)
    const chain = await createTestChain({})
    const { block } = await chain.run([], [deposit(0, { data })])
    expect(block.receipts[0]!.gasUsed).toBe(floorGas(data))
  })

  it('read a gas price of 0 and create contracts at the address of sender and nonce', async () => {
    const chain = await createTestChain({})
    const runtime = code('3a', returnWord)
    const { block } = await chain.run([], [deposit(0, { to: undefined, data: initcode(runtime), gasLimit: 200_000n })])
    const [receipt] = block.receipts
    expect(receipt!.status).toBe(1)
    const simulator = createSimulator({ config, state: chain.store, blockHash: () => undefined })
    const deployed = await simulator.code(chain.head.stateRoot, receipt!.contractAddress!)
    expect(Buffer.from(deployed).toString('hex')).toBe(runtime.slice(2))
    // Stores GASPRICE + 7, so that a missing write would show.
    const store = code(push(7), '3a', '01', '5f', '55')
    const again = await createTestChain({ [target]: { code: store, nonce: 1n } })
    await again.run([], [deposit(0)])
    const slots = createSimulator({ config, state: again.store, blockHash: () => undefined })
    expect(BigInt(await slots.storage(again.head.stateRoot, target, `0x${'00'.repeat(32)}`))).toBe(7n)
  })

  it('run for a sender with code, delegated or not', async () => {
    const delegate: Address = `0x${'cc'.repeat(20)}`
    const chain = await createTestChain({
      [sender]: { code: code('ef0100', delegate), nonce: 1n, balance: 5n },
      [delegate]: { code: '0x00', nonce: 1n },
      [target]: { code: '0x00', nonce: 1n },
    })
    const { block } = await chain.run(
      [],
      [deposit(0, { value: 5n }), deposit(1, { from: target, mint: 1n, value: 1n, to: sender })],
    )
    expect(block.receipts.map(({ status }) => status)).toEqual([1, 1])
    expect(await accountOf(chain, sender)).toMatchObject({ nonce: 2n, balance: 1n })
  })

  it('stand before ordered transactions, share their cumulative gas, and are committed to by the roots', async () => {
    const alice = wallet(1)
    const chain = await createTestChain({ [alice.address]: { balance: ether } })
    const { block } = await chain.run([signed(transfer({}), alice)], [deposit(0)])
    expect(block.transactions.map(({ decoded }) => decoded.type)).toEqual([0x7e, 2])
    expect(block.receipts.map(({ cumulativeGasUsed }) => cumulativeGasUsed)).toEqual([21_000n, 42_000n])
    const other = await createTestChain({ [alice.address]: { balance: ether } })
    const without = await other.run([signed(transfer({}), alice)])
    expect(without.block.header.transactionsRoot).not.toBe(block.header.transactionsRoot)
    expect(without.block.header.receiptsRoot).not.toBe(block.header.receiptsRoot)
  })
})
