import fc from 'fast-check'
import { bytesToHex, type UnsignedTransaction } from '../../src/index.ts'

const hexOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(bytesToHex)
const uint = (bits: number) =>
  fc.oneof(fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n }), fc.bigInt({ min: 0n, max: 300n }))
const accessList = fc.array(fc.record({ address: hexOf(20), storageKeys: fc.array(hexOf(32), { maxLength: 3 }) }), {
  maxLength: 3,
})
const authorization = fc.record({
  chainId: uint(53),
  address: hexOf(20),
  nonce: uint(53),
  yParity: fc.constantFrom(0n, 1n),
  r: uint(255),
  s: uint(255),
})
// Values that other libraries accept too: gas * fee < 2^256, nonces that fit a double, tip <= cap.
const message = { nonce: uint(53), gasLimit: uint(24), value: uint(256), data: fc.uint8Array({ maxLength: 120 }) }
const to = fc.option(hexOf(20), { nil: undefined, freq: 4 })
const chain = { chainId: fc.bigInt({ min: 1n, max: 2n ** 32n - 1n }) }
const fees = fc
  .tuple(uint(100), uint(100))
  .map(([a, b]) =>
    a < b ? { maxPriorityFeePerGas: a, maxFeePerGas: b } : { maxPriorityFeePerGas: b, maxFeePerGas: a },
  )

/** Unsigned transactions of every ordered type, with fields that @ethereumjs/tx and ethers take as well. */
export const unsignedTransaction: fc.Arbitrary<UnsignedTransaction> = fc.oneof(
  fc.record({
    type: fc.constant(0 as const),
    ...message,
    to,
    gasPrice: uint(100),
    chainId: fc.option(chain.chainId, { nil: undefined, freq: 3 }),
  }),
  fc.record({ type: fc.constant(1 as const), ...message, to, gasPrice: uint(100), accessList, ...chain }),
  fc
    .tuple(fc.record({ type: fc.constant(2 as const), ...message, to, accessList, ...chain }), fees)
    .map(([base, fee]) => ({ ...base, ...fee })),
  fc
    .tuple(
      fc.record({
        type: fc.constant(4 as const),
        ...message,
        to: hexOf(20),
        accessList,
        ...chain,
        authorizationList: fc.array(authorization, { minLength: 1, maxLength: 3 }),
      }),
      fees,
    )
    .map(([base, fee]) => ({ ...base, ...fee })),
)

/** A private key. */
export const privateKey = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((key) => key.fill(1, 0, 1))
