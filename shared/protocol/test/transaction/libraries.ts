import { createCustomCommon, Hardfork, Mainnet } from '@ethereumjs/common'
import { createTxFromRLP } from '@ethereumjs/tx'
import { Transaction } from 'ethers'
import { bytesToHex, type OrderedTransaction } from '../../src/index.ts'

/** The fields that every library names alike, as hex and decimal text. */
export interface Fields {
  readonly type: number
  readonly chainId: string
  readonly nonce: string
  readonly gasLimit: string
  readonly fee: string
  readonly tip: string
  readonly to: string | undefined
  readonly value: string
  readonly data: string
  readonly accessList: string
  readonly authorizations: number
  readonly hash: string
  readonly sender: string | undefined
}

/** Fields of our own decoding. */
export function ownFields(transaction: OrderedTransaction, hash: string, sender: string | undefined): Fields {
  const fee = 'gasPrice' in transaction ? transaction.gasPrice : transaction.maxFeePerGas
  return {
    type: transaction.type,
    chainId: String(transaction.chainId ?? 0n),
    nonce: String(transaction.nonce),
    gasLimit: String(transaction.gasLimit),
    fee: String(fee),
    tip: String('gasPrice' in transaction ? fee : transaction.maxPriorityFeePerGas),
    to: transaction.to,
    value: String(transaction.value),
    data: bytesToHex(transaction.data),
    accessList: JSON.stringify(
      'accessList' in transaction ? transaction.accessList.map((entry) => [entry.address, entry.storageKeys]) : [],
    ),
    authorizations: transaction.type === 4 ? transaction.authorizationList.length : 0,
    hash,
    sender,
  }
}

/** What ethers reads. Throws what ethers throws. */
export function ethersFields(raw: Uint8Array): Fields {
  const tx = Transaction.from(bytesToHex(raw))
  const fee = tx.maxFeePerGas ?? tx.gasPrice ?? 0n
  return {
    type: tx.type ?? -1,
    chainId: String(tx.chainId),
    nonce: String(tx.nonce),
    gasLimit: String(tx.gasLimit),
    fee: String(fee),
    tip: String(tx.maxPriorityFeePerGas ?? fee),
    to: tx.to?.toLowerCase(),
    value: String(tx.value),
    data: tx.data,
    accessList: JSON.stringify((tx.accessList ?? []).map((entry) => [entry.address.toLowerCase(), entry.storageKeys])),
    authorizations: tx.authorizationList?.length ?? 0,
    hash: tx.hash ?? '',
    sender: tx.from?.toLowerCase(),
  }
}

/** What @ethereumjs/tx reads. Throws what it throws. */
export function ethereumjsFields(raw: Uint8Array, chainId: bigint): Fields {
  const common = createCustomCommon({ chainId: Number(chainId) }, Mainnet, { hardfork: Hardfork.Prague })
  const tx = createTxFromRLP(raw, { common })
  const json = tx.toJSON()
  const fee = BigInt(json.maxFeePerGas ?? json.gasPrice ?? '0x0')
  return {
    type: tx.type,
    chainId:
      tx.type === 0 ? String(tx.supports(155) ? tx.common.chainId() : 0n) : String(BigInt(json.chainId ?? '0x0')),
    nonce: String(tx.nonce),
    gasLimit: String(tx.gasLimit),
    fee: String(fee),
    tip: String(BigInt(json.maxPriorityFeePerGas ?? `0x${fee.toString(16)}`)),
    to: tx.to?.toString(),
    value: String(tx.value),
    data: bytesToHex(tx.data),
    accessList: JSON.stringify((json.accessList ?? []).map((entry) => [entry.address, entry.storageKeys])),
    authorizations: json.authorizationList?.length ?? 0,
    hash: bytesToHex(tx.hash()),
    sender: tx.getSenderAddress().toString(),
  }
}
