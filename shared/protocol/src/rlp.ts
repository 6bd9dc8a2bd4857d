import { bigIntToBytes, bytesToBigInt } from './bytes.ts'
import { DecodeError } from './errors.ts'

/** An RLP item: a byte string or a list (yellow paper, appendix B). */
export type RlpItem = Uint8Array | readonly RlpItem[]

/** Lists nested deeper than this are refused; transactions, headers and receipts nest four deep. */
export const maxRlpDepth = 16

/** Encodes an item. */
export function encodeRlp(item: RlpItem): Uint8Array {
  const output = new Uint8Array(encodedLength(item))
  write(item, output, 0)
  return output
}

/** An unsigned integer as RLP carries it: big-endian without leading zeros, empty for 0. */
export function integerToRlp(value: bigint | number): Uint8Array {
  const big = BigInt(value)
  return big === 0n ? new Uint8Array(0) : bigIntToBytes(big, Math.ceil(big.toString(16).length / 2))
}

/**
 * Decodes exactly one item; byte strings are views of `bytes`. Strict: throws {@link DecodeError} `RLP_TRUNCATED`, `RLP_TRAILING_BYTES`,
 * `RLP_NOT_CANONICAL` (a longer form than needed) or `RLP_TOO_DEEP`. Time and memory are linear in the input.
 */
export function decodeRlp(bytes: Uint8Array): RlpItem {
  const { item, end } = readItem(bytes, 0, bytes.length, 0)
  if (end !== bytes.length) throw malformed('RLP_TRAILING_BYTES', end, { trailing: bytes.length - end })
  return item
}

/** The bytes of an item. Throws {@link DecodeError} `RLP_NOT_BYTES` for a list or nothing. */
export function rlpBytes(item: RlpItem | undefined): Uint8Array {
  if (!(item instanceof Uint8Array)) throw new DecodeError('RLP_NOT_BYTES', 'expected a byte string')
  return item
}

/** The items of a list. Throws {@link DecodeError} `RLP_NOT_LIST` for bytes or nothing, `RLP_LIST_LENGTH` unless it has `length` items. */
export function rlpList(item: RlpItem | undefined, length?: number): readonly RlpItem[] {
  if (item === undefined || item instanceof Uint8Array) throw new DecodeError('RLP_NOT_LIST', 'expected a list')
  if (length !== undefined && item.length !== length) {
    throw new DecodeError('RLP_LIST_LENGTH', `expected ${length} items`, {
      details: { length: item.length, expected: length },
    })
  }
  return item
}

/** Exactly `length` bytes. Throws {@link DecodeError} `RLP_NOT_BYTES` or `RLP_BYTES_LENGTH`. */
export function rlpFixed(item: RlpItem | undefined, length: number): Uint8Array {
  const bytes = rlpBytes(item)
  if (bytes.length !== length) {
    throw new DecodeError('RLP_BYTES_LENGTH', `expected ${length} bytes`, {
      details: { length: bytes.length, expected: length },
    })
  }
  return bytes
}

/** An integer below 2^(8 * maxBytes). Throws {@link DecodeError} `RLP_NOT_BYTES`, `INTEGER_RANGE`, or `LEADING_ZERO`. */
export function rlpInteger(item: RlpItem | undefined, maxBytes: number): bigint {
  const bytes = rlpBytes(item)
  if (bytes.length > maxBytes) {
    throw new DecodeError('INTEGER_RANGE', `integer does not fit ${maxBytes} bytes`, {
      details: { length: bytes.length },
    })
  }
  if (bytes[0] === 0) throw new DecodeError('LEADING_ZERO', 'integer has a leading zero')
  return bytesToBigInt(bytes)
}

function readItem(bytes: Uint8Array, start: number, limit: number, depth: number): { item: RlpItem; end: number } {
  if (start >= limit) throw malformed('RLP_TRUNCATED', start, { limit })
  const prefix = bytes[start]!
  if (prefix < 0x80) return { item: bytes.subarray(start, start + 1), end: start + 1 }
  const isList = prefix >= 0xc0
  const short = prefix - (isList ? 0xc0 : 0x80)
  const lengthSize = short <= 55 ? 0 : short - 55
  const content = start + 1 + lengthSize
  const length = lengthSize === 0 ? short : readLength(bytes, start + 1, lengthSize, limit)
  const end = content + length
  if (end > limit) throw malformed('RLP_TRUNCATED', start, { length, available: limit - content })
  if (isList) return { item: readList(bytes, content, end, depth + 1), end }
  if (length === 1 && bytes[content]! < 0x80) throw malformed('RLP_NOT_CANONICAL', start, { byte: bytes[content] })
  return { item: bytes.subarray(content, end), end }
}

function readList(bytes: Uint8Array, start: number, end: number, depth: number): readonly RlpItem[] {
  if (depth > maxRlpDepth) throw malformed('RLP_TOO_DEEP', start, { depth })
  const items: RlpItem[] = []
  let offset = start
  while (offset < end) {
    const read = readItem(bytes, offset, end, depth)
    items.push(read.item)
    offset = read.end
  }
  return items
}

function readLength(bytes: Uint8Array, start: number, size: number, limit: number): number {
  if (start + size > limit) throw malformed('RLP_TRUNCATED', start, { lengthSize: size })
  if (bytes[start] === 0) throw malformed('RLP_NOT_CANONICAL', start, { lengthSize: size })
  // More than six bytes of length cannot be in memory; below, the sum is exact.
  if (size > 6) throw malformed('RLP_TRUNCATED', start, { lengthSize: size })
  let length = 0
  for (let i = 0; i < size; i++) length = length * 256 + bytes[start + i]!
  if (length <= 55) throw malformed('RLP_NOT_CANONICAL', start, { length })
  return length
}

function malformed(code: string, offset: number, details: Record<string, unknown>): DecodeError {
  return new DecodeError(code, `malformed RLP at byte ${offset}`, { details: { offset, ...details } })
}

function contentLength(item: RlpItem): number {
  if (item instanceof Uint8Array) return item.length
  let length = 0
  for (const child of item) length += encodedLength(child)
  return length
}

function encodedLength(item: RlpItem): number {
  const length = contentLength(item)
  if (item instanceof Uint8Array && length === 1 && item[0]! < 0x80) return 1
  return 1 + lengthSizeOf(length) + length
}

function lengthSizeOf(length: number): number {
  return length <= 55 ? 0 : integerToRlp(length).length
}

function write(item: RlpItem, output: Uint8Array, start: number): number {
  if (item instanceof Uint8Array && item.length === 1 && item[0]! < 0x80) {
    output[start] = item[0]!
    return start + 1
  }
  const isBytes = item instanceof Uint8Array
  const length = contentLength(item)
  const lengthSize = lengthSizeOf(length)
  output[start] = (isBytes ? 0x80 : 0xc0) + (lengthSize === 0 ? length : 55 + lengthSize)
  if (lengthSize > 0) output.set(integerToRlp(length), start + 1)
  let offset = start + 1 + lengthSize
  if (isBytes) {
    output.set(item, offset)
    return offset + length
  }
  for (const child of item) offset = write(child, output, offset)
  return offset
}
