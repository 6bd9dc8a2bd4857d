import type { OrderedTransaction } from '@crema/protocol'
import { classify, keccak256Hex } from '@crema/protocol'
import { RpcError, rpcError, rpcErrors } from '../errors.ts'
import { feeCap, type PoolEntry } from './pool.ts'
import { skipError } from './skip-error.ts'

/** Everything about a raw transaction that needs no state. Throws the error that the client is to see. */
export function readTransaction(raw: Uint8Array, chainId: bigint, maxFee: bigint, now: number): PoolEntry {
  const result = classify(raw, { chainId })
  if ('skip' in result) throw skipError(result.skip, result.detail)
  const transaction = result.ok
  if (transaction.type === 0 && transaction.chainId === undefined) throw rpcError('notReplayProtected')
  checkFee(transaction, maxFee)
  return { hash: keccak256Hex(raw), raw, decoded: transaction, from: result.sender, addedAt: now, stage: 'queued' }
}

/** geth's guard against typing errors: the whole fee may not pass the cap. */
function checkFee(transaction: OrderedTransaction, maxFee: bigint): void {
  const fee = transaction.gasLimit * feeCap(transaction)
  if (fee <= maxFee) return
  const { code } = rpcErrors.feeAboveCap
  throw new RpcError(code, `tx fee (${ether(fee)} ether) exceeds the configured cap (${ether(maxFee)} ether)`)
}

function ether(wei: bigint): string {
  return (Number(wei / 10n ** 14n) / 10_000).toFixed(2)
}
