import { encodePayload, hexToBytes, payloadEntries, txRoot } from '@crema/protocol'
import { createCommitter } from '../commit/committer.ts'
import { createMachine } from '../run/create-machine.ts'
import type { TransactionContext } from '../run/execute-transaction.ts'
import { entrySiblings } from '../run/provable-block.ts'
import { startEntry } from '../run/segments.ts'
import { type Machine, status } from '../state/machine.ts'
import { proveStep, type StepProof } from './prove-step.ts'

const zero = new Uint8Array(32)
const nothing = new Uint8Array(0)

/**
 * Proofs of all steps of one transaction, from the segment end before txLoad to the one behind it: see {@link startTransaction}.
 */
export function* proveTransaction(context: TransactionContext, raw: Uint8Array): Generator<StepProof, Machine, void> {
  const m = startTransaction(context, raw)
  const committer = createCommitter()
  while (m.status === status.running) yield proveStep(m, committer)
  return m
}

/**
 * A machine with a transaction's txLoad due, each micro-op of which can be proven, in a block that holds this entry alone. The block around it is made
 * up: its anchors are 0 but for the entry's root. The rules are the rollup's (`l2`), coinbase the SequencerFeeVault.
 */
export function startTransaction(context: TransactionContext, raw: Uint8Array): Machine {
  const m = createMachine(context.rules, context.state, context.stateRoot)
  Object.assign(m.b, context.block)
  const payload = encodePayload([raw])
  const entries = payloadEntries(payload)
  m.anchors = {
    originNumber: 0n,
    originHash: zero,
    originTimestamp: 0n,
    originBaseFee: 0n,
    parentHash: zero,
    txCount: 1n,
    txRoot: hexToBytes(txRoot(payload)),
    depositStart: 0n,
    depositEnd: 0n,
    depositRoot: zero,
    inboxCount: 0n,
    gasBefore: 0n,
    portal: 0n,
    startInboxCount: 0n,
    targetCount: 1n,
    maxGas: 2n ** 64n - 1n,
    maxBlocks: 1n,
  }
  m.evidence = {
    parentHeader: nothing,
    leaf: nothing,
    leafSiblings: nothing,
    depositSiblings: [],
    entrySiblings: entrySiblings(entries),
  }
  startEntry(m, entries[0]!)
  return m
}
