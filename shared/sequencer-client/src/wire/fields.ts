import { type Address, type Hash, type Hex, hexToBytes } from '@crema/protocol'
import { badResponse } from '../errors.ts'

/** An object as JSON.parse made it; its fields are read by the functions below, each of which names the field in its error. */
export type Fields = Readonly<Record<string, unknown>>

const quote = (value: unknown) => String(JSON.stringify(value)).slice(0, 80)

/** `value` as an object. @throws SequencerError SEQUENCER_BAD_RESPONSE, as all parsers of this folder. */
export function parseObject(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badResponse(where, `not an object: ${quote(value)}`)
  }
  return value as Fields
}

/** An array of at most `max` elements. */
export function parseArray(value: unknown, where: string, max: number): readonly unknown[] {
  if (!Array.isArray(value)) throw badResponse(where, `not an array: ${quote(value)}`)
  if (value.length > max) throw badResponse(where, `more than ${max} elements`, { length: value.length })
  return value
}

/** A canonical decimal string of at most `bits` bits (64 by default). */
export function parseUint(value: unknown, where: string, bits = 64): bigint {
  if (typeof value !== 'string' || value.length > 78 || !/^(?:0|[1-9][0-9]*)$/.test(value)) {
    throw badResponse(where, `not a decimal string: ${quote(value)}`)
  }
  const parsed = BigInt(value)
  if (parsed >> BigInt(bits) !== 0n) throw badResponse(where, `above ${bits} bits: ${quote(value)}`)
  return parsed
}

/** A JSON integer in [0, max]. */
export function parseIndex(value: unknown, where: string, max: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > max) {
    throw badResponse(where, `not an integer up to ${max}: ${quote(value)}`)
  }
  return value
}

/** Hex of exactly `length` bytes, lower case. */
function parseFixed(value: unknown, where: string, length: number): Hex {
  if (typeof value !== 'string' || value.length !== 2 + 2 * length || !/^0x[0-9a-fA-F]*$/.test(value)) {
    throw badResponse(where, `not ${length} bytes of hex: ${quote(value)}`)
  }
  return value.toLowerCase() as Hex
}

/** 32 bytes. */
export const parseHash = (value: unknown, where: string): Hash => parseFixed(value, where, 32)

/** 20 bytes. */
export const parseAddress = (value: unknown, where: string): Address => parseFixed(value, where, 20)

/** Bytes of a hex string; their number is bounded by the cap on the whole answer. */
export function parseBytes(value: unknown, where: string): Uint8Array {
  if (typeof value !== 'string') throw badResponse(where, `not hex: ${quote(value)}`)
  try {
    return hexToBytes(value)
  } catch (cause) {
    throw badResponse(where, 'not hex', { cause })
  }
}

/** A string of at most `max` characters. */
export function parseText(value: unknown, where: string, max: number): string {
  if (typeof value !== 'string' || value.length > max) throw badResponse(where, `not a text up to ${max} characters`)
  return value
}

/** true or false. */
export function parseBoolean(value: unknown, where: string): boolean {
  if (typeof value !== 'boolean') throw badResponse(where, `not a boolean: ${quote(value)}`)
  return value
}
