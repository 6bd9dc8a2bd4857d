import { bytesToHex, concatBytes, hexToBytes } from './bytes.ts'
import { DecodeError } from './errors.ts'
import { keccak256 } from './keccak.ts'
import { decodeRlp, encodeRlp, integerToRlp, type RlpItem, rlpBytes, rlpFixed, rlpInteger, rlpList } from './rlp.ts'
import type { Log, Receipt } from './types/block.ts'
import type { Hex } from './types/hex.ts'

/** The part of a receipt that the receipts root commits to. */
export type ConsensusReceipt = Pick<Receipt, 'type' | 'status' | 'cumulativeGasUsed' | 'logsBloom' | 'logs'>

const types: ReadonlySet<number> = new Set([0, 1, 2, 3, 4, 0x7e])

/** Consensus form: `rlp[status, cumulativeGasUsed, bloom, logs]`, after the type's byte unless legacy (EIP-658, 2718; 0x7e alike). */
export function encodeReceipt(receipt: ConsensusReceipt): Uint8Array {
  const body = encodeRlp([
    integerToRlp(receipt.status),
    integerToRlp(receipt.cumulativeGasUsed),
    hexToBytes(receipt.logsBloom),
    receipt.logs.map(encodeLog),
  ])
  return receipt.type === 0 ? body : concatBytes(Uint8Array.of(receipt.type), body)
}

/** Reads a receipt's consensus form. Throws {@link DecodeError} for an unknown type or any other shape, width or status. */
export function decodeReceipt(bytes: Uint8Array): ConsensusReceipt {
  const first = bytes[0] ?? 0
  const type = first >= 0xc0 ? 0 : first
  if (!types.has(type) || (type === 0 && first < 0xc0)) {
    throw new DecodeError('UNKNOWN_RECEIPT_TYPE', 'unknown receipt type', { details: { first } })
  }
  const [status, gas, bloom, logs] = rlpList(decodeRlp(type === 0 ? bytes : bytes.subarray(1)), 4)
  const statusValue = rlpInteger(status, 1)
  if (statusValue > 1n) throw new DecodeError('BAD_STATUS', 'a status is 0 or 1', { details: { status: statusValue } })
  return {
    type,
    status: statusValue === 1n ? 1 : 0,
    cumulativeGasUsed: rlpInteger(gas, 8),
    logsBloom: bytesToHex(rlpFixed(bloom, 256)),
    logs: rlpList(logs).map(decodeLog),
  }
}

/** 2,048-bit bloom of the logs' addresses and topics (yellow paper, 4.3.1). */
export function logsBloom(logs: readonly Pick<Log, 'address' | 'topics'>[]): Hex {
  const bloom = new Uint8Array(256)
  for (const log of logs) {
    addToBloom(bloom, hexToBytes(log.address))
    for (const topic of log.topics) addToBloom(bloom, hexToBytes(topic))
  }
  return bytesToHex(bloom)
}

/** Union of blooms, as a header holds that of its receipts. */
export function unionBloom(blooms: readonly Hex[]): Hex {
  const union = new Uint8Array(256)
  for (const bloom of blooms) {
    for (const [i, byte] of hexToBytes(bloom).entries()) union[i]! |= byte
  }
  return bytesToHex(union)
}

/** Whether `value` (an address or topic) may be in `bloom`; false is certain. */
export function bloomMayHold(bloom: Hex, value: Hex): boolean {
  const bits = hexToBytes(bloom)
  return bloomBits(hexToBytes(value)).every(([byte, mask]) => (bits[byte]! & mask) !== 0)
}

function addToBloom(bloom: Uint8Array, value: Uint8Array): void {
  for (const [byte, mask] of bloomBits(value)) bloom[byte]! |= mask
}

/** The three bits of a value: byte position and mask. */
function bloomBits(value: Uint8Array): [number, number][] {
  const hash = keccak256(value)
  return [0, 2, 4].map((i) => {
    const bit = ((hash[i]! << 8) | hash[i + 1]!) & 2047
    return [255 - (bit >> 3), 1 << (bit & 7)]
  })
}

function encodeLog(log: Log): RlpItem {
  return [hexToBytes(log.address), log.topics.map(hexToBytes), hexToBytes(log.data)]
}

function decodeLog(item: RlpItem): Log {
  const [address, topics, data] = rlpList(item, 3)
  const decodedTopics = rlpList(topics).map((topic) => bytesToHex(rlpFixed(topic, 32)))
  if (decodedTopics.length > 4) throw new DecodeError('TOO_MANY_TOPICS', 'a log has at most four topics')
  return { address: bytesToHex(rlpFixed(address, 20)), topics: decodedTopics, data: bytesToHex(rlpBytes(data)) }
}
