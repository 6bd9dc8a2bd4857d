import { limits } from '../constants.ts'
import { DecodeError } from '../errors.ts'
import type { SkipReason } from '../types/block.ts'
import type { Address } from '../types/hex.ts'
import type { OrderedTransaction } from '../types/transaction.ts'
import { decodeTransaction } from './decode.ts'
import { floorGas, intrinsicGas } from './gas.ts'
import { recoverSender } from './recover-sender.ts'

/** What the stateless rules depend on. */
export interface ClassifyConfig {
  /** Chain id of the L2. */
  readonly chainId: bigint
  /** Replaces {@link recoverSender}, for senders that were recovered before. Undefined: bad signature. */
  readonly recover?: (transaction: OrderedTransaction) => Address | undefined
}

/** A transaction that only the state can still refuse, or why it is skipped whatever the state. */
export type Classified =
  | { readonly ok: OrderedTransaction; readonly sender: Address }
  | { readonly skip: SkipReason; readonly detail: string }

/**
 * Applies the stateless skip reasons of docs/protocol/transactions.md in their order (`skipReasons`, from too-large to
 * tip-above-fee-cap) to an ordered entry. Never throws for what the bytes hold. Unprotected legacy transactions are allowed.
 */
export function classify(raw: Uint8Array, config: ClassifyConfig): Classified {
  if (raw.length > limits.maxTransactionSize) {
    return { skip: 'too-large', detail: `${raw.length} bytes, at most ${limits.maxTransactionSize}` }
  }
  const transaction = tryDecode(raw)
  if ('skip' in transaction) return transaction
  const sender = (config.recover ?? recoverSender)(transaction)
  if (sender === undefined) return { skip: 'bad-signature', detail: 'no sender recovers from the signature' }
  return statelessSkip(transaction, config.chainId) ?? { ok: transaction, sender }
}

/** The stateless reasons after the signature, from wrong-chain-id to tip-above-fee-cap; undefined when none applies. */
export function statelessSkip(
  transaction: OrderedTransaction,
  chainId: bigint,
): { readonly skip: SkipReason; readonly detail: string } | undefined {
  const { gasLimit, data } = transaction
  if (transaction.chainId !== undefined && transaction.chainId !== chainId) {
    return { skip: 'wrong-chain-id', detail: `chain id ${transaction.chainId}, expected ${chainId}` }
  }
  if (gasLimit > limits.maxTransactionGas) {
    return { skip: 'gas-limit-above-cap', detail: `gas limit ${gasLimit}, at most ${limits.maxTransactionGas}` }
  }
  const intrinsic = intrinsicGas(transaction)
  const floor = floorGas(data)
  if (gasLimit < intrinsic || gasLimit < floor) {
    return {
      skip: 'intrinsic-gas-too-low',
      detail: `gas limit ${gasLimit}, intrinsic gas ${intrinsic}, floor ${floor}`,
    }
  }
  if (transaction.to === undefined && data.length > limits.maxInitcodeSize) {
    return { skip: 'initcode-too-large', detail: `${data.length} bytes of initcode, at most ${limits.maxInitcodeSize}` }
  }
  if ('maxFeePerGas' in transaction && transaction.maxPriorityFeePerGas > transaction.maxFeePerGas) {
    const { maxPriorityFeePerGas, maxFeePerGas } = transaction
    return { skip: 'tip-above-fee-cap', detail: `tip ${maxPriorityFeePerGas} above fee cap ${maxFeePerGas}` }
  }
  return undefined
}

function tryDecode(raw: Uint8Array): OrderedTransaction | { readonly skip: SkipReason; readonly detail: string } {
  try {
    return decodeTransaction(raw)
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return { skip: reasons[error.code] ?? 'undecodable', detail: `${error.code}: ${error.message}` }
  }
}

const reasons: Readonly<Record<string, SkipReason>> = {
  UNSUPPORTED_TYPE: 'unsupported-type',
  BAD_SIGNATURE: 'bad-signature',
}
