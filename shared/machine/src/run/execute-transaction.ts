import type { SkippedTransaction, StateReader } from '@crema/protocol'
import type { BlockSection, Machine, MachineLog } from '../state/machine.ts'
import type { Rules } from '../state/rules.ts'
import { createMachine } from './create-machine.ts'
import { runEntry } from './segments.ts'
import { takeWrites } from './take-writes.ts'

/** Where a transaction on its own runs. */
export interface TransactionContext {
  readonly rules: Rules
  readonly state: StateReader
  readonly stateRoot: Uint8Array
  readonly block: Omit<BlockSection, 'cumulativeGas'>
}

/** What it did; a skipped one changed nothing. */
export interface MachineTransaction {
  readonly skip: SkippedTransaction | undefined
  readonly stateRoot: Uint8Array
  readonly success: boolean
  readonly gasUsed: number
  readonly logs: readonly MachineLog[]
  readonly output: Uint8Array
  /** Micro-ops. */
  readonly steps: number
}

/** Runs one transaction, as Ethereum's state tests do. Throws `MissingNodeError`, `MissingCodeError`, `TrieError`. */
export function executeTransaction(context: TransactionContext, raw: Uint8Array): MachineTransaction {
  const m = createMachine(context.rules, context.state, context.stateRoot)
  Object.assign(m.b, context.block)
  runEntry(m, { index: 0, bytes: raw })
  return finishTransaction(m)
}

/** What a machine that ran one transaction came to. */
export function finishTransaction(m: Machine): MachineTransaction {
  const { steps } = m
  const skip = m.body.skipped[0]
  const { root } = takeWrites(m)
  const { success, gasUsed, logs, output } = m.t
  return { skip, stateRoot: root, success, gasUsed, logs: skip === undefined ? logs : [], output, steps }
}
