import { concatBytes, encodeRlp, hexToBytes, integerToRlp, type Receipt } from '@crema/protocol'
import { absorb, copySponge, createSponge, type Sponge } from '../../commit/sponge.ts'
import type { BlockBody, Machine, MachineLog } from '../../state/machine.ts'
import { addressBytes, wordBytes } from '../../state/words.ts'
import { writeHexPrefix } from '../../trie/path.ts'
import { LOG_PIECE } from '../sizes.ts'
import { indexAt, type LeafPlace, leafPlace } from './key-order.ts'

/** The leaf of a receipt at `place` up to and including the header of its list of logs. Twin of `ReceiptStream.sol`. */
export function receiptHead({ key, depth }: LeafPlace, receipt: Receipt, logs: readonly MachineLog[]): Uint8Array {
  const sizeOfLogs = logsSize(logs)
  const fields = concatBytes(
    encodeRlp(integerToRlp(receipt.status)),
    encodeRlp(integerToRlp(receipt.cumulativeGasUsed)),
    encodeRlp(hexToBytes(receipt.logsBloom)),
    rlpHeader(0xc0, sizeOfLogs),
  )
  const type = receipt.type === 0 ? new Uint8Array(0) : Uint8Array.of(receipt.type)
  const value = concatBytes(type, rlpHeader(0xc0, fields.length + sizeOfLogs), fields)
  const path = encodeRlp(hexPrefix(key.subarray(depth)))
  const valueHeader = rlpHeader(0x80, value.length + sizeOfLogs)
  const content = path.length + valueHeader.length + value.length + sizeOfLogs
  return concatBytes(rlpHeader(0xc0, content), path, valueHeader, value)
}

/** A log's RLP up to its data's bytes. */
export function logHead({ address, topics, data }: MachineLog): Uint8Array {
  const fields = concatBytes(encodeRlp(addressBytes(address)), encodeRlp(topics.map(wordBytes)))
  const dataHeader = isOwnItem(data) ? new Uint8Array(0) : rlpHeader(0x80, data.length)
  return concatBytes(rlpHeader(0xc0, fields.length + dataHeader.length + data.length), fields, dataHeader)
}

/** Bytes of the logs' items, the header of their list apart. */
export function logsSize(logs: readonly MachineLog[]): number {
  return logs.reduce((sum, log) => sum + logHead(log).length + log.data.length, 0)
}

/** How far the receipt under way has been taken in. */
interface Progress {
  readonly position: number
  readonly sponge: Sponge
  log: number
  /** Bytes of that log's data; -1 before its head. */
  offset: number
}

const memo = new WeakMap<BlockBody, Progress>()

/**
 * The hasher within the receipt at `position` in key order: before log `log` (X.op sealLog), or, if `left` > 0, before the last `left` bytes of its
 * data (sealLogData). Goes on from what the last call came to, so that one step after another costs what it takes in.
 */
export function receiptHasher(m: Pick<Machine, 'body' | 'records'>, position: number, log: number, left = 0): Sponge {
  const index = indexAt(position, m.body.receipts.length)
  const logs = m.records[index]!
  const offset = left > 0 ? logs[log]!.data.length - left : -1
  let progress = memo.get(m.body)
  if (progress === undefined || progress.position !== position || isBefore(log, offset, progress)) {
    progress = { position, sponge: createSponge(), log: 0, offset: -1 }
    absorb(progress.sponge, receiptHead(leafPlace(position, m.body.receipts.length), m.body.receipts[index]!, logs))
    memo.set(m.body, progress)
  }
  while (isBefore(progress.log, progress.offset, { log, offset })) advance(progress, logs[progress.log]!)
  return copySponge(progress.sponge)
}

/** One micro-op's part: the head with the first piece, or the next piece. */
function advance(progress: Progress, log: MachineLog): void {
  const { sponge } = progress
  if (progress.offset < 0) absorb(sponge, logHead(log))
  const start = Math.max(0, progress.offset)
  const end = Math.min(start + LOG_PIECE, log.data.length)
  absorb(sponge, log.data.subarray(start, end))
  progress.offset = end
  if (end < log.data.length) return
  progress.log++
  progress.offset = -1
}

function isBefore(log: number, offset: number, than: Pick<Progress, 'log' | 'offset'>): boolean {
  return log < than.log || (log === than.log && offset < than.offset)
}

/** Data that is its own RLP item. */
function isOwnItem(data: Uint8Array): boolean {
  return data.length === 1 && data[0]! < 0x80
}

function hexPrefix(path: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + (path.length >> 1))
  writeHexPrefix(path, true, bytes, 0)
  return bytes
}

/** Header of an item of `length` bytes: 0x80 for a string, 0xc0 for a list. */
function rlpHeader(base: number, length: number): Uint8Array {
  if (length <= 55) return Uint8Array.of(base + length)
  const size = integerToRlp(length)
  return Uint8Array.of(base + 55 + size.length, ...size)
}
