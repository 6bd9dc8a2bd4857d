/** Base gas of a transaction. */
const BASE = 21_000
/** EIP-7976: what a byte of calldata costs at least. */
const FLOOR = 64

/** Bytes of a call's data and gas of the transaction that makes it, with calldata at the floor of EIP-7976. */
export function recordCost(data: Uint8Array, gas: number): { readonly bytes: number; readonly cost: number } {
  let zeros = 0
  for (const byte of data) if (byte === 0) zeros++
  const standard = 4 * zeros + 16 * (data.length - zeros) + gas
  return { bytes: data.length, cost: BASE + Math.max(standard, FLOOR * data.length) }
}
