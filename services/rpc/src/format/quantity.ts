import type { Hash, Hex } from '@crema/protocol'

/** JSON-RPC quantity: shortest hex, `0x0` for zero. */
export function toQuantity(value: bigint | number): Hex {
  return `0x${value.toString(16)}`
}

/** A word as 32 bytes of hex. */
export function toWord(value: bigint): Hash {
  return `0x${value.toString(16).padStart(64, '0')}`
}

/** A value for JSON with every bigint as quantity; used for records whose shape is not Ethereum's (`rollup_*`). */
export function quantities(value: unknown): unknown {
  if (typeof value === 'bigint') return toQuantity(value)
  if (Array.isArray(value)) return value.map(quantities)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, quantities(item)]))
}
