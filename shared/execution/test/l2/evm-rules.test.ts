import {
  type Address,
  type Authorization,
  concatBytes,
  encodeRlp,
  type Hex,
  hexToBytes,
  integerToRlp,
  keccak256Hex,
  limits,
  sign,
  type UnsignedTransaction,
} from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { createSimulator } from '../../src/index.ts'
import { code, push } from '../assembler.ts'
import {
  config,
  createTestChain,
  ether,
  hash,
  signed,
  type TestChain,
  transfer,
  type Wallet,
  wallet,
} from '../support.ts'

const [alice, bob] = [wallet(1), wallet(2)] as const
const target: Address = `0x${'bb'.repeat(20)}`
const reader = (chain: TestChain) => createSimulator({ config, state: chain.store, blockHash: () => undefined })

/** Calls `precompile` with `size` zero bytes and all gas, then stores success + 1 in slot 0. */
function caller(precompile: number, size: number): Hex {
  const call = code('5f', '5f', push(size), '5f', '5f', push(precompile), '5a', 'f1')
  return code(call, push(1), '01', '5f', '55')
}

async function callsPrecompile(precompile: number, size: number, gasLimit = 16_000_000n): Promise<bigint> {
  const chain = await createTestChain({
    [alice.address]: { balance: ether },
    [target]: { code: caller(precompile, size), nonce: 1n },
  })
  const { block } = await chain.run([signed(transfer({ to: target, gasLimit }), alice)])
  expect(block.receipts).toHaveLength(1)
  return BigInt(await reader(chain).storage(chain.head.stateRoot, target, hash(0)))
}

describe('precompile caps', () => {
  it('pass input of the largest size and fail beyond', async () => {
    expect(await callsPrecompile(2, limits.maxPrecompileInput)).toBe(2n)
    expect(await callsPrecompile(2, limits.maxPrecompileInput + 32)).toBe(1n)
  })

  it('exempt identity', async () => {
    expect(await callsPrecompile(4, limits.maxPrecompileInput + 32)).toBe(2n)
  })

  it('fail above 8,000,000 gas and use all of it', async () => {
    // Pairing costs 45,000 + 34,000 for each 192 bytes: 233 pairs are the last below the cap.
    expect(await callsPrecompile(8, 192 * 233)).toBe(2n)
    expect(await callsPrecompile(8, 192 * 234)).toBe(1n)
  }, 120_000)

  it('never break on garbage for the point evaluation', async () => {
    expect(await callsPrecompile(10, 192)).toBe(1n)
  })
})

function authorize(signer: Wallet, address: Address, nonce: bigint): Authorization {
  const chainId = config.chainId
  const digest = keccak256Hex(
    concatBytes(Uint8Array.of(5), encodeRlp([integerToRlp(chainId), hexToBytes(address), integerToRlp(nonce)])),
  )
  const { r, s, yParity } = sign(digest, signer.key)
  return { chainId, address, nonce, yParity: BigInt(yParity), r, s }
}

function setCode(authorizationList: Authorization[], to: Address): UnsignedTransaction {
  const { type: _, ...fields } = transfer({ to, gasLimit: 300_000n })
  return { ...fields, to, type: 4, authorizationList }
}

describe('EIP-7702', () => {
  // Stores CALLER + 1 at slot 0 of whoever runs it.
  const delegate = { code: code('33', push(1), '01', '5f', '55'), nonce: 1n } as const

  it('delegates, runs the delegate in the authority, and refunds what exists', async () => {
    const chain = await createTestChain({
      [alice.address]: { balance: ether },
      [bob.address]: { balance: 1n },
      [target]: delegate,
    })
    const { block } = await chain.run([signed(setCode([authorize(bob, target, 0n)], bob.address), alice)])
    expect(block.receipts).toMatchObject([{ type: 4, status: 1 }])
    const stored = await reader(chain).storage(chain.head.stateRoot, bob.address, hash(0))
    expect(BigInt(stored)).toBe(BigInt(alice.address) + 1n)
    expect(await reader(chain).code(chain.head.stateRoot, bob.address)).toEqual(hexToBytes(code('ef0100', target)))
    // The delegated account sends: it is still an EOA, its nonce was raised by the authorization.
    const second = await chain.run([signed(transfer({ nonce: 1n, maxFeePerGas: 2_000n, value: 0n }), bob)])
    expect(second.block.skipped).toMatchObject([{ reason: 'insufficient-funds' }])
  })

  it('passes over a wrong nonce, a foreign chain and clears with the zero address', async () => {
    const chain = await createTestChain({
      [alice.address]: { balance: ether },
      [bob.address]: { code: code('ef0100', target), nonce: 4n },
      [target]: delegate,
    })
    const zero: Address = `0x${'00'.repeat(20)}`
    const list = [
      authorize(bob, target, 9n),
      { ...authorize(bob, target, 4n), chainId: config.chainId + 1n },
      authorize(bob, zero, 4n),
    ]
    await chain.run([signed(setCode(list, bob.address), alice)])
    expect(await reader(chain).code(chain.head.stateRoot, bob.address)).toHaveLength(0)
    expect(await reader(chain).account(chain.head.stateRoot, bob.address)).toMatchObject({ nonce: 5n })
  })
})

describe('SELFDESTRUCT', () => {
  it('deletes only what the same transaction created (EIP-6780)', async () => {
    const heir: Address = `0x${'dd'.repeat(20)}`
    const destroy = code('73', heir, 'ff')
    const chain = await createTestChain({
      [alice.address]: { balance: ether },
      [target]: { code: destroy, nonce: 1n, balance: 3n },
    })
    const { block } = await chain.run([
      signed(transfer({ to: target, value: 4n, gasLimit: 200_000n }), alice),
      signed(transfer({ nonce: 1n, to: undefined, value: 5n, data: hexToBytes(destroy), gasLimit: 200_000n }), alice),
    ])
    expect(block.receipts.map(({ status }) => status)).toEqual([1, 1])
    const at = (address: Address) => reader(chain).account(chain.head.stateRoot, address)
    expect(await at(target)).toMatchObject({ balance: 0n, nonce: 1n })
    expect(await at(block.receipts[1]!.contractAddress!)).toBeUndefined()
    expect(await at(heir)).toMatchObject({ balance: 12n })
  })
})

describe('contracts', () => {
  it('clear transient storage between transactions', async () => {
    // Returns by storing TLOAD(0) + 1 at slot 0, then TSTORE(0, 7).
    const body = code('5f', '5c', push(1), '01', '5f', '55', push(7), '5f', '5d')
    const chain = await createTestChain({ [alice.address]: { balance: ether }, [target]: { code: body, nonce: 1n } })
    await chain.run([0n, 1n].map((nonce) => signed(transfer({ nonce, to: target, gasLimit: 100_000n }), alice)))
    expect(BigInt(await reader(chain).storage(chain.head.stateRoot, target, hash(0)))).toBe(1n)
  })

  it('read the context of the leaf', async () => {
    const body = code(
      '44',
      '5f',
      '55',
      '41',
      push(1),
      '55',
      '46',
      push(2),
      '55',
      '42',
      push(3),
      '55',
      '45',
      push(4),
      '55',
      '48',
      push(5),
      '55',
    )
    const chain = await createTestChain({ [alice.address]: { balance: ether }, [target]: { code: body, nonce: 1n } })
    const { block } = await chain.run([signed(transfer({ to: target, gasLimit: 300_000n }), alice)])
    const at = async (slot: number) => BigInt(await reader(chain).storage(chain.head.stateRoot, target, hash(slot)))
    const { header } = block
    expect([await at(0), await at(1), await at(2)]).toEqual([
      BigInt(header.mixHash),
      BigInt(header.miner),
      config.chainId,
    ])
    expect([await at(3), await at(4), await at(5)]).toEqual([header.timestamp, header.gasLimit, header.baseFeePerGas])
  })
})
