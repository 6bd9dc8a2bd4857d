import type { Address, Hex } from '@crema/protocol'
import { numberToHex, parseTransaction, recoverTransactionAddress, type TransactionSerializedEIP1559 } from 'viem'
import { TxUsageError } from '../errors.ts'
import type { Signer, UnsignedTransaction } from '../types.ts'

/** Where a remote signer is. */
export interface RemoteSignerOptions {
  readonly url: string
  readonly address: Address
  /** Sent with each request, e.g. authorization. */
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds; default 10,000. */
  readonly timeoutMs?: number
}

const request = (from: Address, tx: UnsignedTransaction) => ({
  from,
  to: tx.to,
  data: tx.data,
  input: tx.data,
  value: numberToHex(tx.valueWei),
  gas: numberToHex(tx.gasLimit),
  nonce: numberToHex(tx.nonce),
  chainId: numberToHex(tx.chainId),
  type: '0x2',
  maxFeePerGas: numberToHex(tx.feeCapWei),
  maxPriorityFeePerGas: numberToHex(tx.tipWei),
})

/** A signer is trusted with the key, not with the content: what comes back must be what was asked for. */
async function verify(raw: Hex, tx: UnsignedTransaction, address: Address): Promise<void> {
  const got = parseTransaction(raw as TransactionSerializedEIP1559)
  const same =
    got.type === 'eip1559' &&
    got.chainId === tx.chainId &&
    (got.nonce ?? 0) === tx.nonce &&
    got.to?.toLowerCase() === tx.to.toLowerCase() &&
    (got.data ?? '0x') === tx.data &&
    (got.value ?? 0n) === tx.valueWei &&
    got.gas === tx.gasLimit &&
    (got.maxFeePerGas ?? 0n) === tx.feeCapWei &&
    (got.maxPriorityFeePerGas ?? 0n) === tx.tipWei &&
    (got.accessList ?? []).length === 0
  const from = await recoverTransactionAddress({ serializedTransaction: raw as TransactionSerializedEIP1559 })
  if (!same || from.toLowerCase() !== address) {
    throw new TxUsageError('tx.signer', 'the remote signer signed something else than asked', {
      details: { from, raw },
    })
  }
}

/**
 * Signer behind JSON-RPC `eth_signTransaction` (op-signer, clef, web3signer's eth1 mode). Its `sign` throws
 * TxUsageError `tx.signer` on refusals and on answers that do not match; only failures of the way are retryable.
 */
export function remoteSigner({ url, address: given, headers = {}, timeoutMs = 10_000 }: RemoteSignerOptions): Signer {
  const address = given.toLowerCase() as Address
  let id = 0
  return {
    address,
    sign: async (tx) => {
      const body = JSON.stringify({
        jsonrpc: '2.0',
        id: ++id,
        method: 'eth_signTransaction',
        params: [request(address, tx)],
      })
      let answer: { result?: Hex | { raw: Hex }; error?: { message?: string; code?: number } }
      try {
        const signal = AbortSignal.timeout(timeoutMs)
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body,
          signal,
        })
        answer = (await response.json()) as typeof answer
      } catch (cause) {
        throw new TxUsageError('tx.signer', 'the remote signer does not answer', { retryable: true, cause })
      }
      // geth and clef answer { raw, tx }, the others the raw transaction alone.
      const raw = typeof answer.result === 'string' ? answer.result : answer.result?.raw
      if (typeof raw !== 'string' || !/^0x02[0-9a-fA-F]+$/.test(raw)) {
        const message = `the remote signer refused: ${answer.error?.message ?? 'no transaction in its answer'}`
        throw new TxUsageError('tx.signer', message, { details: { code: answer.error?.code } })
      }
      await verify(raw, tx, address)
      return raw
    },
  }
}
