import {
  type Address,
  type BlockInput,
  type BlockTransaction,
  bytesToHex,
  classify,
  keccak256Hex,
  type L2ChainConfig,
  limits,
  type PayloadEntry,
  payloadEntries,
  predeploys,
  type Receipt,
  type SkippedTransaction,
} from '@crema/protocol'
import { createAddressFromString } from '@ethereumjs/util'
import type { SealedHeader } from '../types.ts'
import { contextBlock, type Engine } from '../vm/engine.ts'
import { nextBaseFee } from './base-fee.ts'
import { beginBlock } from './begin-block.ts'
import { checkOrdered } from './check-ordered.ts'
import { executeDeposit } from './execute-deposit.ts'
import { executeOrdered } from './execute-ordered.ts'
import { type ExecutionContext, vaults } from './execution-context.ts'
import { effectiveGasPrice } from './fees.ts'
import { makeReceipt } from './receipt.ts'

/** What the transactions of a block came to. */
export interface BlockBody {
  readonly transactions: BlockTransaction[]
  readonly receipts: Receipt[]
  readonly skipped: SkippedTransaction[]
}

/** The parts of an executor that do not change from block to block. */
export interface Rollup {
  readonly config: L2ChainConfig
  /** Source of deposits on L1; enters their transactions' hashes. */
  readonly portal: Address
}

/**
 * Runs everything of an L2 block but the seal, on the state of `parent` that `engine` holds: begin, deposits, ordered entries
 * (docs/protocol/block.md). Changes the engine's state; whatever it throws leaves that state unusable.
 */
export async function executeBody(
  engine: Engine,
  rollup: Rollup,
  parent: SealedHeader,
  input: BlockInput,
): Promise<BlockBody> {
  const context = openContext(engine, rollup.config, parent, input)
  const body: BlockBody = { transactions: [], receipts: [], skipped: [] }
  await beginBlock(engine.state, parent, input)
  for (const deposit of input.deposits) {
    const { transaction, outcome } = await executeDeposit(context, deposit, rollup.portal)
    body.transactions.push(transaction)
    body.receipts.push(makeReceipt(0x7e, outcome, gasUsed(body), 0n))
  }
  const readable = Math.max(0, limits.maxEntries - input.deposits.length)
  for (const entry of payloadEntries(input.payload)) await executeEntry(context, rollup, body, entry, readable)
  return body
}

/** Gas that the block's transactions used so far. */
export function gasUsed(body: BlockBody): bigint {
  return body.receipts.at(-1)?.cumulativeGasUsed ?? 0n
}

function openContext(engine: Engine, config: L2ChainConfig, parent: SealedHeader, input: BlockInput): ExecutionContext {
  const baseFee = nextBaseFee(parent, config)
  const block = contextBlock(engine.common, {
    number: input.number,
    timestamp: input.timestamp,
    coinbase: predeploys.sequencerFeeVault,
    gasLimit: config.blockGasLimit,
    baseFeePerGas: baseFee,
    prevRandao: input.prevRandao,
  })
  return { engine, block, baseFee, gasLimit: config.blockGasLimit, payees: vaults }
}

async function executeEntry(
  context: ExecutionContext,
  { config }: Rollup,
  body: BlockBody,
  entry: PayloadEntry,
  readable: number,
): Promise<void> {
  const hash = keccak256Hex(entry.bytes)
  const skip = (reason: SkippedTransaction['reason'], detail: string): void => {
    body.skipped.push({ entryIndex: entry.index, hash, reason, detail })
  }
  if (entry.index >= readable) return skip('too-many-entries', `${readable} entries are read`)
  const classified = classify(entry.bytes, config)
  if ('skip' in classified) return skip(classified.skip, classified.detail)
  const { ok: decoded, sender } = classified
  const from = createAddressFromString(sender)
  const before = gasUsed(body)
  const checked = await checkOrdered(context, decoded, from, before)
  if ('reason' in checked) return skip(checked.reason, checked.detail)
  const outcome = await executeOrdered(context, decoded, from, checked)
  body.transactions.push({ hash, raw: entry.bytes.slice(), decoded, from: bytesToHex(from.bytes) })
  body.receipts.push(makeReceipt(decoded.type, outcome, before, effectiveGasPrice(decoded, context.baseFee)))
}
