import { limits, type PayloadEntry } from '@crema/protocol'
import { type BlockContext, type Machine, status } from '../state/machine.ts'
import { runSegment } from '../step/interpret.ts'
import { type MicroOp, microOp } from '../step/micro-op.ts'

/** Micro-ops of one segment, which a trace has room for (docs/protocol/machine.md). */
export const MAX_STEPS = 2 ** 24

/** Segment 0: section B and the writes of the system. */
export function runBegin(m: Machine, context: BlockContext): void {
  m.context = context
  m.body = { transactions: [], receipts: [], skipped: [] }
  m.sealed = undefined
  run(m, microOp.blockBegin)
}

/** The segment of deposit `index` of the leaf. */
export function runDeposit(m: Machine, index: number): void {
  m.x.i = index
  run(m, microOp.depositLoad)
}

/** The segment of an entry of the payload, of which `readable` are read; executed or skipped. */
export function runEntry(m: Machine, entry: Pick<PayloadEntry, 'index' | 'bytes'>, readable: number): void {
  startEntry(m, entry, readable)
  runSegment(m)
}

/** Puts the first micro-op of {@link runEntry} into X. */
export function startEntry(m: Machine, entry: Pick<PayloadEntry, 'index' | 'bytes'>, readable: number): void {
  const { x } = m
  x.i = entry.index
  x.n = readable
  x.source = entry.bytes
  start(m, microOp.txLoad)
}

/** The last segment: roots and header. */
export function runSeal(m: Machine): void {
  const { x } = m
  x.i = 0
  run(m, microOp.sealBegin)
}

/** Entries of a payload that are read beside `deposits` deposits. */
export function readableEntries(deposits: number): number {
  return Math.max(0, limits.maxEntries - deposits)
}

function run(m: Machine, first: MicroOp): void {
  start(m, first)
  runSegment(m)
}

function start(m: Machine, first: MicroOp): void {
  m.x.op = first
  m.status = status.running
  m.steps = 0
}
