import { hexToBytes, type StateReader } from '@crema/protocol'
import { proveStep } from '../../../../shared/machine/src/prove/prove-step.ts'
import type { ProvableBlock } from '../../../../shared/machine/src/run/provable-block.ts'
import { createProvingMachine } from '../../../../shared/machine/src/run/proving-machine.ts'
import { runToStep } from '../../../../shared/machine/src/run/step.ts'
import { type Machine, status } from '../../../../shared/machine/src/state/machine.ts'
import type { StepRecord } from '../step-proofs/check-batch.ts'
import { encodeVerify } from '../step-proofs/encode-verify.ts'
import { edgeCell } from './edges.ts'
import { dueName } from './names.ts'
import { observeStep } from './observe.ts'
import { opcodeNames } from './opcode-names.ts'
import { inboxRootOf } from './scene.ts'

/** A proven step and the cells that it hits. */
export interface CellRecord {
  readonly record: StepRecord
  readonly cells: readonly string[]
}

/** A step in a frame of depth 0 and what it charged, for runs that end at one of the charges. */
export interface Charged {
  /** What executed, and how it went. */
  readonly cell: string
  /** Gas of the frame before. */
  readonly gas: number
  readonly charges: readonly number[]
}

/** Something that executes segment by segment, and can be begun anew. */
export interface Run {
  readonly machine: Machine
  nextSegment(): boolean
}

interface Chosen {
  readonly segment: number
  readonly step: number
  readonly cells: readonly string[]
}

/** Runs twice: once to find the steps that hit a cell that `isWanted`, once to prove these. */
export function collect(
  name: string,
  start: () => Run,
  given: { readonly startInboxCount: bigint; readonly targetCount: bigint; readonly inboxRoot: Uint8Array },
  isWanted: (cell: string) => boolean,
  onCharged: (charged: Charged) => void = () => undefined,
): CellRecord[] {
  const chosen = choose(start(), isWanted, onCharged)
  const records: CellRecord[] = []
  const run = start()
  let segment = 0
  for (const { segment: wanted, step, cells } of chosen) {
    for (; segment < wanted; segment++) {
      runToStep(run.machine, Number.POSITIVE_INFINITY)
      run.nextSegment()
    }
    runToStep(run.machine, step)
    const due = dueName(run.machine)
    const { proof, before, after, opcode } = proveStep(run.machine)
    const label = opcode === undefined ? due : (opcodeNames[opcode] ?? `0x${opcode.toString(16)}`)
    const data = encodeVerify({ ...given, before, block: 0, segment, step }, proof)
    records.push({ record: { name: `${name}, segment ${segment} step ${step}`, op: label, data, after }, cells })
  }
  return records
}

/** The same for a block. */
export function collectBlock(
  name: string,
  block: ProvableBlock,
  store: StateReader,
  isWanted: (cell: string) => boolean,
  onCharged?: (charged: Charged) => void,
): CellRecord[] {
  const { startInboxCount, targetCount } = block.assertion
  const given = { startInboxCount, targetCount, inboxRoot: hexToBytes(inboxRootOf(block)) }
  return collect(name, () => createProvingMachine(block, store), given, isWanted, onCharged)
}

function choose(
  { machine: m, nextSegment }: Run,
  isWanted: (cell: string) => boolean,
  onCharged: (charged: Charged) => void,
): Chosen[] {
  const seen = new Set<string>()
  const chosen: Chosen[] = []
  let before = 'block-end'
  for (let segment = 0; ; segment++) {
    for (let step = 0; m.status === status.running; step++) {
      const entering = step === 0 ? [edgeCell(before, dueName(m))] : []
      const { f } = m
      const { gas, depth } = f
      const { cells: hit, charges } = observeStep(m)
      if (depth === 0) onCharged({ cell: hit[0]!, gas, charges })
      const cells = [...entering, ...hit].filter((cell) => !seen.has(cell) && isWanted(cell))
      if (cells.length === 0) continue
      for (const cell of cells) seen.add(cell)
      chosen.push({ segment, step, cells })
    }
    before = 'segment-end'
    if (!nextSegment()) return chosen
  }
}
