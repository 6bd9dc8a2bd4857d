import type { DecodedTransaction } from '../types/transaction.ts'

const base = 21_000n

/** Zero and non-zero bytes of calldata. */
function countBytes(data: Uint8Array): { zeros: bigint; others: bigint } {
  let zeros = 0
  for (const byte of data) if (byte === 0) zeros++
  return { zeros: BigInt(zeros), others: BigInt(data.length - zeros) }
}

/**
 * Gas that a transaction is charged before it executes: 21,000, calldata 4 and 16 (EIP-2028), creation 32,000 and 2 for each word of initcode
 * (EIP-3860), access list 2,400 and 1,900 (EIP-2930), 25,000 for each authorization (EIP-7702). Serves deposits as well.
 */
export function intrinsicGas(transaction: DecodedTransaction): bigint {
  const { zeros, others } = countBytes(transaction.data)
  let gas = base + 4n * zeros + 16n * others
  if (transaction.to === undefined) gas += 32_000n + 2n * BigInt(Math.ceil(transaction.data.length / 32))
  if ('accessList' in transaction) {
    for (const entry of transaction.accessList) gas += 2_400n + 1_900n * BigInt(entry.storageKeys.length)
  }
  if (transaction.type === 4) gas += 25_000n * BigInt(transaction.authorizationList.length)
  return gas
}

/** Least gas that a transaction with this calldata pays: 21,000 + 10 for each token, a non-zero byte being four (EIP-7623). */
export function floorGas(data: Uint8Array): bigint {
  const { zeros, others } = countBytes(data)
  return base + 10n * (zeros + 4n * others)
}
