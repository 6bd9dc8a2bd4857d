import { type Address, hexToBytes, type UnsignedTransaction } from '@crema/protocol'
import fc from 'fast-check'
import { code, initcode, push, revert } from './assembler.ts'
import { ether, signed, transfer, type Wallet, wallet } from './support.ts'

export const wallets: readonly Wallet[] = [1, 2, 3, 4].map(wallet)

/** Contracts whose calls write, log, revert, call back, create and destroy. */
export const contracts: Readonly<Record<Address, { code: `0x${string}`; nonce: bigint; balance: bigint }>> = {
  // counter: SSTORE(0, SLOAD(0) + CALLVALUE + 1); LOG1
  '0x00000000000000000000000000000000000000c1': contract(
    code('5f', '54', '34', '01', push(1), '01', '5f', '55', push(7), '5f', '5f', 'a1'),
  ),
  '0x00000000000000000000000000000000000000c2': contract(code(push(1), '5f', '55', revert)),
  // sends 1 wei back to the caller, then flips slot 0, every other time for a refund
  '0x00000000000000000000000000000000000000c3': contract(
    code('5f', '5f', '5f', '5f', push(1), '33', '5a', 'f1', '50', '5f', '54', '15', '5f', '55'),
  ),
  '0x00000000000000000000000000000000000000c4': contract(code('33', 'ff')),
  // CREATE of a contract that stores 1 in its constructor
  '0x00000000000000000000000000000000000000c5': contract(
    code('67', '60015f5560015ff3', '5f', '52', push(8), push(24), '5f', 'f0'),
  ),
  // CREATE2 with salt NUMBER, then calls the counter
  '0x00000000000000000000000000000000000000c6': contract(
    code('43', '5f', '5f', '5f', 'f5', '5f', '5f', '5f', '5f', '5f', '60c1', '5a', 'f1'),
  ),
  '0x00000000000000000000000000000000000000c7': contract('0xfe'),
}

function contract(runtime: `0x${string}`) {
  return { code: runtime, nonce: 1n, balance: 1_000n }
}

const flips: Address = '0x00000000000000000000000000000000000000c3'
const targets: readonly (Address | undefined)[] = [
  flips,
  flips,
  ...(Object.keys(contracts) as Address[]),
  ...wallets.map(({ address }) => address),
  '0x0000000000000000000000000000000000000004',
  '0x00000000000000000000000000000000deadbeef',
  undefined,
]

/** A plan of one transaction; nonces are filled in by {@link toRaws}. */
export interface Plan {
  readonly sender: number
  readonly kind: number
  readonly target: number
  readonly value: bigint
  readonly gasLimit: bigint
  readonly tip: bigint
  readonly nonceSlip: number
  readonly dataSize: number
}

export const planArbitrary: fc.Arbitrary<Plan> = fc.record({
  sender: fc.nat(wallets.length - 1),
  kind: fc.nat(2),
  target: fc.nat(targets.length - 1),
  value: fc.constantFrom(0n, 1n, 5n, ether, 10_000n * ether),
  gasLimit: fc.constantFrom(21_000n, 22_000n, 60_000n, 150_000n, 400_000n),
  tip: fc.constantFrom(0n, 1n, 100_000n),
  nonceSlip: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, -1),
  dataSize: fc.constantFrom(0, 0, 32, 300),
})

/** Signed transactions of the plans; each sender's nonces run on from `nonces`, which is advanced. */
export function toRaws(plans: readonly Plan[], nonces: bigint[]): Uint8Array[] {
  return plans.map((plan) => {
    const next = nonces[plan.sender]!
    const nonce = next + BigInt(plan.nonceSlip)
    if (plan.nonceSlip === 0) nonces[plan.sender] = next + 1n
    return signed(toTransaction(plan, nonce < 0n ? 0n : nonce), wallets[plan.sender]!)
  })
}

function toTransaction(plan: Plan, nonce: bigint): UnsignedTransaction {
  const to = targets[plan.target]
  const data = to === undefined ? initcode('0x5f54') : new Uint8Array(plan.dataSize).fill(plan.dataSize & 1)
  const fields = { nonce, to, value: plan.value, gasLimit: plan.gasLimit, data }
  const accessList = [{ address: '0x00000000000000000000000000000000000000c1' as Address, storageKeys: [slotZero] }]
  const market = transfer({ ...fields, maxPriorityFeePerGas: plan.tip, accessList })
  if (plan.kind === 2) return market
  const { maxPriorityFeePerGas, maxFeePerGas: _, accessList: list, ...rest } = market
  const gasPrice = 2_000n + maxPriorityFeePerGas
  if (plan.kind === 1) return { ...rest, type: 1, gasPrice, accessList: list }
  return { ...rest, type: 0, gasPrice, chainId: rest.chainId }
}

const slotZero = `0x${'00'.repeat(32)}` as const

export const genesisAlloc = {
  ...contracts,
  ...Object.fromEntries(wallets.map(({ address }) => [address, { balance: 100n * ether }])),
}

/** Payload bytes of no meaning, some of them framed like entries. */
export const garbageArbitrary: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.array(fc.uint8Array({ minLength: 1, maxLength: 120 }), { maxLength: 8 }).map((entries) => {
    const parts = entries.map((entry) => Buffer.concat([Buffer.from([0, 0, 0, entry.length]), entry]))
    return new Uint8Array(Buffer.concat(parts))
  }),
  fc.constant(hexToBytes('0x00000001c0000000027ec0')),
)
