import type { Address, Hash, Hex } from '@crema/protocol'
import { hexToBytes } from '@crema/protocol'
import { invalidParam, RpcError, rpcErrors } from '../errors.ts'

/** Turns the JSON value of argument `index` into a typed value; throws {@link RpcError} -32602. */
export type Parser<T> = (value: unknown, index: number) => T

/** Argument `index`, which must be there. `null` counts as missing, as in geth. */
export function required<T>(params: readonly unknown[], index: number, parse: Parser<T>): T {
  const value = params[index]
  if (value === undefined || value === null) {
    throw new RpcError(rpcErrors.missingParam.code, `${rpcErrors.missingParam.message} ${index}`)
  }
  return parse(value, index)
}

/** Argument `index`, or `fallback` when it is missing or null. */
export function optional<T, F>(params: readonly unknown[], index: number, parse: Parser<T>, fallback: F): T | F {
  const value = params[index]
  return value === undefined || value === null ? fallback : parse(value, index)
}

const hexDigits = /^0[xX][0-9a-fA-F]*$/

/** A quantity below 2^256. Lenient: leading zeros, upper case and plain JSON integers pass. */
export const quantity: Parser<bigint> = (value, index) => {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value) && value >= 0) return BigInt(value)
    throw invalidParam(index, 'number is not an unsigned integer')
  }
  if (typeof value !== 'string') throw invalidParam(index, `cannot read ${typeName(value)} as hex quantity`)
  if (!hexDigits.test(value)) throw invalidParam(index, 'hex string without 0x prefix or with invalid digits')
  if (value.length < 3) throw invalidParam(index, 'hex string "0x"')
  if (value.length > 66) throw invalidParam(index, 'hex number > 256 bits')
  return BigInt(value)
}

/** A quantity below 2^53 as a number. */
export const count: Parser<number> = (value, index) => {
  const result = quantity(value, index)
  if (result > 9_007_199_254_740_991n) throw invalidParam(index, 'hex number > 53 bits')
  return Number(result)
}

/** Bytes as lower-case hex; an odd number of digits is refused. */
export const data: Parser<Hex> = (value, index) => {
  if (typeof value !== 'string') throw invalidParam(index, `cannot read ${typeName(value)} as hex data`)
  if (value === '') return '0x'
  if (!hexDigits.test(value)) throw invalidParam(index, 'hex string without 0x prefix or with invalid digits')
  if (value.length % 2 !== 0) throw invalidParam(index, 'hex string of odd length')
  return value.toLowerCase() as Hex
}

/** Bytes. */
export const bytes: Parser<Uint8Array> = (value, index) => hexToBytes(data(value, index))

/** An address in any case; a checksum is not verified. */
export const address: Parser<Address> = (value, index) => fixed(value, index, 20, 'address')

/** 32 bytes. */
export const hash: Parser<Hash> = (value, index) => fixed(value, index, 32, 'hash')

/** True or false. */
export const boolean: Parser<boolean> = (value, index) => {
  if (typeof value !== 'boolean') throw invalidParam(index, `cannot read ${typeName(value)} as bool`)
  return value
}

/** Any string. */
export const string: Parser<string> = (value, index) => {
  if (typeof value !== 'string') throw invalidParam(index, `cannot read ${typeName(value)} as string`)
  return value
}

/** A JSON object that is no array. */
export const object: Parser<Readonly<Record<string, unknown>>> = (value, index) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidParam(index, `cannot read ${typeName(value)} as object`)
  }
  return value as Readonly<Record<string, unknown>>
}

/** An array of at most `limit` values, each read by `parse`. */
export function list<T>(parse: Parser<T>, limit: number): Parser<T[]> {
  return (value, index) => {
    if (!Array.isArray(value)) throw invalidParam(index, `cannot read ${typeName(value)} as array`)
    if (value.length > limit) throw invalidParam(index, `more than ${limit} items`)
    return value.map((item) => parse(item, index))
  }
}

/** A member of an object argument, or undefined when missing or null. */
export function member<T>(from: Readonly<Record<string, unknown>>, name: string, index: number, parse: Parser<T>) {
  const value = Object.hasOwn(from, name) ? from[name] : undefined
  return value === undefined || value === null ? undefined : parse(value, index)
}

function fixed(value: unknown, index: number, size: number, what: string): Hex {
  const hex = data(value, index)
  const length = (hex.length - 2) / 2
  if (length !== size) throw invalidParam(index, `hex string has length ${length * 2}, want ${size * 2} for ${what}`)
  return hex
}

/** JSON type of a value, for messages. */
function typeName(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
