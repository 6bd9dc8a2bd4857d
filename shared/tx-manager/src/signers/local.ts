import type { Address, Hex } from '@crema/protocol'
import { type LocalAccount, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import type { Signer, UnsignedTransaction } from '../types.ts'

/** The transaction in viem's words. */
export const toViem = (tx: UnsignedTransaction) =>
  ({
    type: 'eip1559',
    chainId: tx.chainId,
    nonce: tx.nonce,
    to: tx.to,
    data: tx.data,
    value: tx.valueWei,
    gas: tx.gasLimit,
    maxPriorityFeePerGas: tx.tipWei,
    maxFeePerGas: tx.feeCapWei,
  }) as const

/** Signer over a viem account. */
export function accountSigner(account: LocalAccount | PrivateKeyAccount): Signer {
  return {
    address: account.address.toLowerCase() as Address,
    sign: (tx) => account.signTransaction(toViem(tx)),
  }
}

/** Signer over a private key in memory. */
export function privateKeySigner(privateKey: Hex): Signer {
  return accountSigner(privateKeyToAccount(privateKey))
}
