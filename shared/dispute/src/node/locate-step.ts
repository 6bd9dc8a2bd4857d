import { createProvingMachine, microOp, runToStep } from '@crema/machine'
import type { ProvableBlocks } from '@crema/node'
import { type Hash, keccak256Hex, payloadEntries, type StateReader } from '@crema/protocol'

/** What a place of a trace is, in the words of the rollup. */
export interface TracePlace {
  /** L2 block; undefined behind the end of the assertion. */
  readonly block: bigint | undefined
  /** What the segment does to it. */
  readonly segment: { readonly index: number } & SegmentWork
}

export type SegmentWork =
  | { readonly kind: 'begin' | 'seal' | 'idle' }
  | { readonly kind: 'deposit'; readonly depositIndex: bigint }
  | { readonly kind: 'transaction'; readonly entryIndex: number; readonly hash: Hash }

/** What a micro-op does. */
export interface StepPlace {
  readonly index: number
  /** Its name in docs/protocol/machine.md; `idle` where nothing happens. */
  readonly microOp: string
  /** Of the code that runs, while `microOp` is `opcode`. */
  readonly opcode: number | undefined
  readonly pc: number | undefined
  /** Calls that enclose it. */
  readonly depth: number
}

/** The block and segment of a place. Throws `EvidenceError`. */
export function locateSegment(blocks: ProvableBlocks, b: number, x: number): TracePlace {
  if (b >= blocks.count) return { block: undefined, segment: { index: x, kind: 'idle' } }
  const block = blocks.block(b)
  const entries = payloadEntries(block.payload)
  return { block: block.before.number + 1n, segment: { index: x, ...workOf() } }

  function workOf(): SegmentWork {
    if (x === 0) return { kind: 'begin' }
    const deposit = block.deposits[x - 1]
    if (deposit !== undefined) return { kind: 'deposit', depositIndex: deposit.index }
    const entry = entries[x - 1 - block.deposits.length]
    if (entry !== undefined) return { kind: 'transaction', entryIndex: entry.index, hash: keccak256Hex(entry.bytes) }
    return { kind: x === 1 + block.deposits.length + entries.length ? 'seal' : 'idle' }
  }
}

const names = new Map<number, string>(Object.entries(microOp).map(([name, value]) => [value, name]))

/** The micro-op of a place. Costs running the block up to there. Throws `EvidenceError` and what reading the state throws. */
export function locateStep(blocks: ProvableBlocks, state: StateReader, b: number, x: number, i: number): StepPlace {
  const idle: StepPlace = { index: i, microOp: 'idle', opcode: undefined, pc: undefined, depth: 0 }
  if (b >= blocks.count) return idle
  const { machine: m, nextSegment } = createProvingMachine(blocks.block(b), state)
  for (let at = 0; at < x; at++) {
    runToStep(m, Number.POSITIVE_INFINITY)
    if (!nextSegment()) return idle
  }
  runToStep(m, i)
  if (m.status !== RUNNING) return idle
  const isOpcode = m.x.op === microOp.opcode
  return {
    index: i,
    microOp: names.get(m.x.op) ?? String(m.x.op),
    opcode: isOpcode ? (m.f.code[m.f.pc] ?? 0) : undefined,
    pc: isOpcode ? m.f.pc : undefined,
    depth: m.callers.length,
  }
}

/** Status of a machine inside of a segment. */
const RUNNING = 0
