import {
  type Address,
  type BlockInput,
  bytesToHex,
  hexToBytes,
  type L2Block,
  type L2ChainConfig,
  payloadEntries,
  type StateReader,
  type StateWrites,
} from '@crema/protocol'
import { MachineError } from '../state/errors.ts'
import type { Machine, SealedHeader } from '../state/machine.ts'
import { l2Rules } from '../state/make-rules.ts'
import { rootHash } from '../trie/hash.ts'
import { createMachine } from './create-machine.ts'
import { readableEntries, runBegin, runDeposit, runEntry, runSeal, skipUnread } from './segments.ts'
import { takeWrites } from './take-writes.ts'

/** What an executor needs: the chain's parameters, the stored state, and the deposits' source on L1. */
export interface MachineExecutorPorts {
  readonly config: L2ChainConfig
  readonly state: StateReader
  readonly portal: Address
}

/** A block, the trie nodes and codes it added, and the micro-ops of each of its segments. */
export interface MachineResult {
  readonly block: L2Block
  readonly writes: StateWrites
  /** Begin, deposits, entries that are read (skipped ones too), seal. */
  readonly steps: readonly number[]
}

/** The state transition on the step machine. */
export interface MachineExecutor {
  /**
   * Executes one L2 block on the state of `parent`. Never throws for what a payload holds. Throws `MissingNodeError`, `MissingCodeError` or
   * `TrieError` for what the store lacks or garbles, `MachineError` `NOT_THE_NEXT_BLOCK`; nothing is changed then.
   */
  executeBlock(parent: SealedHeader, input: BlockInput): MachineResult
}

/** Blocks after which the state is read anew, so that what was visited does not stay in memory for ever. */
const REOPENED = 256

/** Makes the executor. The caller stores a result's writes before the next call; while each block continues the last, the state stays in memory. */
export function createMachineExecutor({ config, state, portal }: MachineExecutorPorts): MachineExecutor {
  const rules = l2Rules(config.chainId)
  let machine: Machine | undefined
  let age = 0

  function machineAt(stateRoot: string): Machine {
    const kept = machine
    machine = undefined
    if (kept !== undefined && age++ < REOPENED && bytesToHex(rootHash(kept.state)) === stateRoot) return kept
    age = 0
    return createMachine(rules, state, hexToBytes(stateRoot))
  }

  return {
    executeBlock(parent, input) {
      if (input.number !== parent.number + 1n) {
        throw new MachineError('NOT_THE_NEXT_BLOCK', `block ${input.number} does not follow ${parent.number}`, {
          details: { parent: parent.number, number: input.number },
        })
      }
      const m = machineAt(parent.stateRoot)
      const steps = runBlock(m, parent, input, config, portal)
      const { hash, ...header } = m.sealed!
      const { nodes, codes } = takeWrites(m)
      machine = m
      return { block: { hash, header, ...m.body }, writes: { nodes, codes }, steps }
    },
  }
}

/** All segments of a block; returns their micro-ops. */
function runBlock(
  m: Machine,
  parent: SealedHeader,
  input: BlockInput,
  config: L2ChainConfig,
  portal: Address,
): number[] {
  runBegin(m, { parent, input, config, portal })
  const steps = [m.steps]
  for (let i = 0; i < input.deposits.length; i++) {
    runDeposit(m)
    steps.push(m.steps)
  }
  const readable = readableEntries(input.deposits.length)
  const entries = payloadEntries(input.payload)
  for (const entry of entries.slice(0, readable)) {
    runEntry(m, entry)
    steps.push(m.steps)
  }
  skipUnread(m, entries, readable)
  runSeal(m)
  steps.push(m.steps)
  return steps
}
