import type { LocatedSkip, SkipReason } from '@crema/protocol'
import { type RpcError, type RpcErrorName, rpcError } from '../errors.ts'

/** Error for each reason for which the protocol skips a transaction. */
const errorOf: Readonly<Record<SkipReason, RpcErrorName>> = {
  'too-many-entries': 'transactionRejected',
  'too-large': 'oversized',
  undecodable: 'undecodable',
  'unsupported-type': 'typeNotSupported',
  'wrong-chain-id': 'invalidChainId',
  'bad-signature': 'invalidSignature',
  'gas-limit-above-cap': 'gasLimitAboveCap',
  'intrinsic-gas-too-low': 'intrinsicGasTooLow',
  'initcode-too-large': 'initcodeTooLarge',
  'tip-above-fee-cap': 'tipAboveFeeCap',
  'gas-limit-exceeds-block': 'exceedsBlockGasLimit',
  'fee-cap-below-base-fee': 'feeCapBelowBaseFee',
  'sender-not-eoa': 'senderNotEoa',
  'nonce-too-low': 'nonceTooLow',
  'nonce-too-high': 'nonceTooHigh',
  'nonce-max': 'nonceMax',
  'insufficient-funds': 'insufficientFunds',
}

/** What the client is told of a transaction that is, or would be, skipped for `reason`. */
export function skipError(reason: SkipReason, detail?: string): RpcError {
  return rpcError(errorOf[reason], detail)
}

/** What the client is told of a transaction that was skipped and that the sequencer does not order again yet; `retryable`. */
export function skippedError({ reason, detail, blockNumber }: LocatedSkip): RpcError {
  const place = `skipped in block ${blockNumber}, not ordered again yet, retry later`
  return Object.assign(skipError(reason, detail === '' ? place : `${detail} (${place})`), { retryable: true })
}
