import { hexToBytes, type PayloadEntry, payloadEntries, type StateReader } from '@crema/protocol'
import { type Machine, status } from '../state/machine.ts'
import { l2Rules } from '../state/make-rules.ts'
import { createMachine } from './create-machine.ts'
import { contextOf, type ProvableBlock } from './provable-block.ts'
import { readableEntries, skipUnread, startBegin, startDeposit, startEntry, startSeal } from './segments.ts'

/** A machine that goes through a block segment by segment, each micro-op of which can be proven. */
export interface ProvingMachine {
  readonly machine: Machine
  /** Makes the first micro-op of the next segment due; false after the block's last. Only while no segment runs. */
  nextSegment(): boolean
}

/** The machine at the begin of the block, with blockBegin due. `state` holds the state that the parent's root names. */
export function createProvingMachine(block: ProvableBlock, state: StateReader): ProvingMachine {
  const m = createMachine(l2Rules(block.config.chainId), state, hexToBytes(block.before.stateRoot))
  startBegin(m, contextOf(block))
  const entries: readonly PayloadEntry[] = payloadEntries(block.payload)
  const readable = readableEntries(block.deposits.length)
  const read = entries.slice(0, readable)
  return {
    machine: m,
    nextSegment() {
      if (m.status !== status.segmentEnd) return false
      if (m.nextDeposit < block.deposits.length) startDeposit(m)
      else if (m.nextEntry < read.length) startEntry(m, read[m.nextEntry]!)
      else {
        skipUnread(m, entries, readable)
        startSeal(m)
      }
      return true
    },
  }
}
