import { type Hash, type Hex, keccak256Hex } from '../../src/index.ts'

/** A value of a vector: hex of bytes, text, an integer, a flag, or an array of those. */
export type Value = string | number | bigint | boolean | readonly Value[]
/** JSON of a vector file. */
export type Vectors = Readonly<Record<string, unknown>>

/**
 * Rows as one array for each column, which Foundry's `parseJson…Array` reads; a column of arrays becomes the numbered keys `name0`,
 * `name1` …. `count` is the number of rows. Every `bigint` becomes a 0x string, every `number` stays one.
 */
export function columns(rows: readonly Readonly<Record<string, Value>>[]): Vectors {
  const result: Record<string, unknown> = { count: rows.length }
  for (const name of Object.keys(rows[0] ?? {})) {
    const values = rows.map((row) => row[name]!)
    if (values.some(Array.isArray)) {
      for (const [i, value] of values.entries()) result[`${name}${i}`] = toJson(value)
    } else {
      result[name] = values.map(toJson)
    }
  }
  return result
}

/** A value as the vector files hold it. */
export function toJson(value: Value): unknown {
  if (typeof value === 'bigint') return `0x${value.toString(16)}`
  if (typeof value === 'object') return value.map(toJson)
  return value
}

/** 32 bytes that depend on the text alone. */
export function word(text: string): Hash {
  return keccak256Hex(new TextEncoder().encode(text))
}

/** 20 bytes that depend on the text alone. */
export function account(text: string): Hex {
  return `0x${word(text).slice(26)}`
}

/** `length` bytes that depend on the text alone. */
export function noise(text: string, length: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) => word(`${text} ${i}`).slice(2))
  return new Uint8Array(Buffer.from(blocks.join(''), 'hex')).subarray(0, length)
}
