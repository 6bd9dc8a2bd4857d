import { blockStatus, type Hash, hexToBytes, keccak256Hex, type StateReader, stateHash } from '@crema/protocol'
import { beforeStep } from '../commit/before-step.ts'
import { type Committer, createCommitter } from '../commit/committer.ts'
import { commitMachine } from '../commit/machine-hash.ts'
import { endBlock } from '../run/end-block.ts'
import type { ProvableBlock } from '../run/provable-block.ts'
import { createProvingMachine } from '../run/proving-machine.ts'
import { runToStep, step } from '../run/step.ts'
import { status } from '../state/machine.ts'
import type { BlockRun, TraceSource } from './source.ts'

/** Counts the changes of what a machine commits to: stored traces of another version are not taken. */
const machineVersion = 1

/** Blocks of an assertion and the stored states that they begin with. */
export interface MachineSourceOptions {
  /** Holds the states that the blocks' `before` name. */
  readonly state: StateReader
  /** Root of the Inbox's leaves that the assertion is about. */
  readonly inboxRoot: Hash
  /** Blocks of the assertion. */
  readonly blocks: number
  /** Block `b` of them, all of one assertion; the first begins with its parent's end, status BLOCK_END and no gas. Siblings are not looked at. */
  block(b: number): ProvableBlock
  /** Gas of block `b`, or what else tells how long it will take. */
  weight(b: number): number
}

/** The source of an assertion's trace: its blocks on the step machine. */
export function createMachineSource({ state, inboxRoot, blocks, block, weight }: MachineSourceOptions): TraceSource {
  const first = block(0)
  const initialState = stateHash(first.before)
  const { config, portal, assertion } = first
  const identity = [machineVersion, initialState, inboxRoot, portal, { ...config }, { ...assertion }]
  const text = JSON.stringify(identity, (_, value) => (typeof value === 'bigint' ? value.toString() : value))
  return {
    id: keccak256Hex(new TextEncoder().encode(text)),
    initialState: hexToBytes(initialState),
    blocks,
    weight,
    openBlock: (b) => openMachineRun(block(b), state),
  }
}

/** A run of one block from its begin. */
export function openMachineRun(block: ProvableBlock, state: StateReader): BlockRun {
  const { machine: m, nextSegment } = createProvingMachine(block, state)
  let hasBegun = false
  // Knows what every micro-op since it was made changed; undefined after others.
  let committer: Committer | undefined
  const committed = (): Committer => {
    committer ??= createCommitter()
    return committer
  }
  return {
    nextSegment() {
      if (hasBegun) return nextSegment()
      hasBegun = true
      return true
    },
    get isRunning() {
      return hasBegun && m.status === status.running
    },
    step() {
      const c = committed()
      beforeStep(c, m)
      step(m)
      return commitMachine(c, m)
    },
    skip(count) {
      committer = undefined
      const before = m.steps
      return runToStep(m, before + count) - before
    },
    stateHash: () => commitMachine(committed(), m),
    get endsAssertion() {
      return (
        m.sealed !== undefined && endBlock(block.before, m.sealed, block.assertion).status === blockStatus.assertionEnd
      )
    },
  }
}
