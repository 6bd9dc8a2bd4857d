import { keccak256Hex, limits, type PayloadEntry } from '@crema/protocol'
import { type BlockContext, type Machine, status } from '../state/machine.ts'
import { runSegment } from '../step/interpret.ts'
import { type MicroOp, microOp } from '../step/micro-op.ts'

/** Micro-ops of one segment, which a trace has room for (docs/protocol/machine.md). */
export const MAX_STEPS = 2 ** 24

/** Segment 0: section B and the writes of the system. */
export function runBegin(m: Machine, context: BlockContext): void {
  startBegin(m, context)
  runSegment(m)
}

/** Puts the first micro-op of {@link runBegin} into X. */
export function startBegin(m: Machine, context: BlockContext): void {
  m.context = context
  m.anchors = context.anchors
  m.evidence = context.evidence
  m.nextDeposit = 0
  m.nextEntry = 0
  m.records = []
  m.body = { transactions: [], receipts: [], skipped: [] }
  m.sealed = undefined
  start(m, microOp.blockBegin)
}

/** The segment of the leaf's next deposit. */
export function runDeposit(m: Machine): void {
  startDeposit(m)
  runSegment(m)
}

/** Puts the first micro-op of {@link runDeposit} into X. */
export function startDeposit(m: Machine): void {
  m.x.i = m.nextDeposit++
  start(m, microOp.depositLoad)
}

/** An entry of the payload. */
export type Entry = Pick<PayloadEntry, 'index' | 'bytes'>

/** The segment of an entry of the payload; executed or skipped. */
export function runEntry(m: Machine, entry: Entry): void {
  startEntry(m, entry)
  runSegment(m)
}

/** Puts the first micro-op of {@link runEntry} into X. */
export function startEntry(m: Machine, entry: Entry): void {
  const { x } = m
  x.i = entry.index
  x.source = entry.bytes
  m.nextEntry++
  start(m, microOp.txLoad)
}

/** Records entries beyond the `readable` ones as skipped; they are no segments. */
export function skipUnread(m: Machine, entries: readonly Entry[], readable: number): void {
  for (const { index, bytes } of entries.slice(readable)) {
    const detail = `${readable} entries are read`
    m.body.skipped.push({ entryIndex: index, hash: keccak256Hex(bytes), reason: 'too-many-entries', detail })
  }
}

/** The last segment: roots and header. */
export function runSeal(m: Machine): void {
  startSeal(m)
  runSegment(m)
}

/** Puts the first micro-op of {@link runSeal} into X. */
export function startSeal(m: Machine): void {
  start(m, microOp.sealBegin)
}

/** Entries of a payload that are read beside `deposits` deposits. */
export function readableEntries(deposits: number): number {
  return Math.max(0, limits.maxEntries - deposits)
}

function start(m: Machine, first: MicroOp): void {
  m.x.op = first
  m.status = status.running
  m.steps = 0
}
