import { concatBytes, hexToBytes } from '../bytes.ts'
import { keccak256Hex } from '../keccak.ts'
import { encodeRlp, integerToRlp, type RlpItem } from '../rlp.ts'
import type { Hash } from '../types/hex.ts'
import type { DecodedTransaction, OrderedTransaction } from '../types/transaction.ts'
import { encodeAccessList, encodeAuthorizations, encodeTo } from './rlp-fields.ts'

type SignatureField = 'r' | 's' | 'yParity'
/** An ordered transaction before it is signed; a legacy one without `v`. */
export type UnsignedTransaction = OrderedTransaction extends infer T
  ? T extends { readonly type: 0 }
    ? Omit<T, SignatureField | 'v'>
    : T extends OrderedTransaction
      ? Omit<T, SignatureField>
      : never
  : never

/** Canonical encoding: `type ‖ rlp`, or rlp for legacy transactions (EIP-155, 2930, 1559, 7702; 0x7e: docs/protocol/transactions.md). */
export function encodeTransaction(transaction: DecodedTransaction): Uint8Array {
  if (transaction.type === 0x7e) {
    return typed(0x7e, [
      hexToBytes(transaction.sourceHash),
      hexToBytes(transaction.from),
      encodeTo(transaction.to),
      integerToRlp(transaction.mint),
      integerToRlp(transaction.value),
      integerToRlp(transaction.gasLimit),
      new Uint8Array(0), // isSystemTx
      transaction.data,
    ])
  }
  const signature = [integerToRlp(transaction.r), integerToRlp(transaction.s)]
  if (transaction.type === 0) return encodeRlp([...fields(transaction), integerToRlp(transaction.v), ...signature])
  return typed(transaction.type, [...fields(transaction), integerToRlp(transaction.yParity), ...signature])
}

/** What the sender signs. */
export function signingHash(transaction: UnsignedTransaction): Hash {
  if (transaction.type !== 0) return keccak256Hex(typed(transaction.type, fields(transaction)))
  const protection =
    transaction.chainId === undefined ? [] : [integerToRlp(transaction.chainId), new Uint8Array(0), new Uint8Array(0)]
  return keccak256Hex(encodeRlp([...fields(transaction), ...protection]))
}

/** The transaction's hash: keccak256 of its canonical encoding. */
export function transactionHash(transaction: DecodedTransaction): Hash {
  return keccak256Hex(encodeTransaction(transaction))
}

function typed(type: number, items: readonly RlpItem[]): Uint8Array {
  return concatBytes(Uint8Array.of(type), encodeRlp(items))
}

/** Every field that is signed, in order; the chain id of a legacy transaction apart. */
function fields(transaction: UnsignedTransaction): RlpItem[] {
  const { nonce, gasLimit, to, value, data } = transaction
  const message = [integerToRlp(gasLimit), encodeTo(to), integerToRlp(value), data]
  if (transaction.type === 0) return [integerToRlp(nonce), integerToRlp(transaction.gasPrice), ...message]
  const head = [integerToRlp(transaction.chainId), integerToRlp(nonce)]
  const accessList = encodeAccessList(transaction.accessList)
  if (transaction.type === 1) return [...head, integerToRlp(transaction.gasPrice), ...message, accessList]
  const fees = [integerToRlp(transaction.maxPriorityFeePerGas), integerToRlp(transaction.maxFeePerGas)]
  const tail = transaction.type === 4 ? [encodeAuthorizations(transaction.authorizationList)] : []
  return [...head, ...fees, ...message, accessList, ...tail]
}
