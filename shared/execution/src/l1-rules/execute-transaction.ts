import { classify, type Log, type SkipReason, type StateReader, type StateWrites } from '@crema/protocol'
import { createAddressFromString } from '@ethereumjs/util'
import { checkOrdered } from '../l2/check-ordered.ts'
import { executeOrdered } from '../l2/execute-ordered.ts'
import type { ExecutionContext } from '../l2/execution-context.ts'
import { toLog } from '../l2/receipt.ts'
import { JournaledState } from '../state/journaled-state.ts'
import { createStateCache } from '../state/state-cache.ts'
import type { FastCommon } from '../vm/common.ts'
import { type BlockContext, contextBlock, createEngine } from '../vm/engine.ts'

/** A state and the block that a single transaction runs in. */
export interface TransactionPorts {
  readonly common: FastCommon
  readonly state: StateReader
  readonly stateRoot: Uint8Array
  readonly block: BlockContext
}

/** What a single transaction did; a skipped one changed nothing. */
export interface ExecutedTransaction {
  readonly skip: SkipReason | undefined
  readonly stateRoot: Uint8Array
  readonly logs: readonly Log[]
  readonly gasUsed: bigint
  readonly writes: StateWrites
}

const NO_HASH = new Uint8Array(32)

/**
 * Runs one transaction through rule set `l2`'s own decoder, checks and processing, but with Ethereum's payees (coinbase, burned base fee) and
 * uncapped precompiles: so Ethereum's state tests are an oracle for that code.
 */
export async function executeTransaction(ports: TransactionPorts, raw: Uint8Array): Promise<ExecutedTransaction> {
  const state = new JournaledState(createStateCache(ports.state), ports.stateRoot)
  const classified = classify(raw, { chainId: ports.common.chainId() })
  if ('skip' in classified) return skipped(ports.stateRoot, classified.skip)
  const context = await openContext(ports, state)
  const from = createAddressFromString(classified.sender)
  const checked = await checkOrdered(context, classified.ok, from, 0n)
  if ('reason' in checked) return skipped(ports.stateRoot, checked.reason)
  const { logs, gasUsed } = await executeOrdered(context, classified.ok, from, checked)
  const stateRoot = await state.getStateRoot()
  return { skip: undefined, stateRoot, logs: logs.map(toLog), gasUsed, writes: state.takeWrites() }
}

async function openContext(ports: TransactionPorts, state: JournaledState): Promise<ExecutionContext> {
  const { common, block } = ports
  return {
    engine: await createEngine(common, state, async () => NO_HASH),
    block: contextBlock(common, block),
    baseFee: block.baseFeePerGas,
    gasLimit: block.gasLimit,
    payees: { tip: createAddressFromString(block.coinbase), baseFee: undefined },
  }
}

function skipped(stateRoot: Uint8Array, skip: SkipReason): ExecutedTransaction {
  return { skip, stateRoot, logs: [], gasUsed: 0n, writes: { nodes: new Map(), codes: new Map() } }
}
