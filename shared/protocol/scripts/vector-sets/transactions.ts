import {
  bytesToHex,
  classify,
  encodeTransaction,
  floorGas,
  hexToBytes,
  intrinsicGas,
  type OrderedTransaction,
  recoverSender,
  signingHash,
  signTransaction,
  transactionHash,
  type UnsignedTransaction,
} from '../../src/index.ts'
import { account, columns, noise, type Vectors, word } from './columns.ts'

/** Chain id of the vectors. */
export const chainId = 901n
const key = hexToBytes(word('sender'))
const max = (bits: bigint) => 2n ** bits - 1n

const message = { gasLimit: 200_000n, to: account('to'), value: 10n ** 18n, data: noise('call', 68) }
const accessList = [
  { address: account('listed'), storageKeys: [word('slot 0'), word('slot 1')] },
  { address: account('bare'), storageKeys: [] },
]
const authorization = {
  chainId,
  address: account('delegate'),
  nonce: 3n,
  yParity: 1n,
  r: BigInt(word('r')),
  s: BigInt(word('s')),
}
const fees = { maxPriorityFeePerGas: 10n ** 9n, maxFeePerGas: 10n ** 10n }

/** Unsigned transactions that are valid but for the state. */
export const validTransactions: readonly (readonly [string, UnsignedTransaction])[] = [
  ['legacy', { type: 0, chainId, nonce: 0n, gasPrice: 10n ** 9n, ...message }],
  ['legacy, unprotected', { type: 0, chainId: undefined, nonce: 1n, gasPrice: 10n ** 11n, ...message }],
  ['legacy, creation', { type: 0, chainId, nonce: 2n, gasPrice: 1n, ...message, to: undefined, value: 0n }],
  ['legacy, one zero byte', { type: 0, chainId, nonce: 127n, gasPrice: 128n, ...message, data: Uint8Array.of(0) }],
  ['legacy, one byte 0x7f', { type: 0, chainId, nonce: 128n, gasPrice: 255n, ...message, data: Uint8Array.of(0x7f) }],
  ['legacy, one byte 0x80', { type: 0, chainId, nonce: 256n, gasPrice: 256n, ...message, data: Uint8Array.of(0x80) }],
  ['legacy, greatest values', { type: 0, chainId, nonce: max(64n), gasPrice: max(256n), ...message, value: max(256n) }],
  ['legacy, 55 bytes', { type: 0, chainId, nonce: 5n, gasPrice: 0n, ...message, data: noise('55', 55) }],
  ['legacy, 56 bytes', { type: 0, chainId, nonce: 5n, gasPrice: 0n, ...message, data: noise('56', 56) }],
  ['access list', { type: 1, chainId, nonce: 3n, gasPrice: 10n ** 9n, ...message, accessList }],
  ['access list, empty', { type: 1, chainId, nonce: 3n, gasPrice: 10n ** 9n, ...message, accessList: [] }],
  ['fee market', { type: 2, chainId, nonce: 4n, ...fees, ...message, accessList }],
  ['fee market, creation', { type: 2, chainId, nonce: 4n, ...fees, ...message, to: undefined, accessList: [] }],
  [
    'fee market, tip equals cap',
    { type: 2, chainId, nonce: 4n, maxPriorityFeePerGas: 7n, maxFeePerGas: 7n, ...message, accessList: [] },
  ],
  [
    'fee market, greatest values',
    {
      type: 2,
      chainId,
      nonce: max(64n),
      maxPriorityFeePerGas: max(256n),
      maxFeePerGas: max(256n),
      ...message,
      value: max(256n),
      gasLimit: 16_777_216n,
      accessList: [],
    },
  ],
  [
    'fee market, exact floor gas',
    {
      type: 2,
      chainId,
      nonce: 6n,
      ...fees,
      ...message,
      data: new Uint8Array(1_000).fill(1),
      gasLimit: 61_000n,
      accessList: [],
    },
  ],
  [
    'fee market, greatest initcode',
    {
      type: 2,
      chainId,
      nonce: 6n,
      ...fees,
      ...message,
      to: undefined,
      data: new Uint8Array(49_152),
      gasLimit: 600_000n,
      accessList: [],
    },
  ],
  [
    'set code',
    { type: 4, chainId, nonce: 5n, ...fees, ...message, accessList: [], authorizationList: [authorization] },
  ],
  [
    'set code, tuples of every bound',
    {
      type: 4,
      chainId,
      nonce: 5n,
      ...fees,
      ...message,
      accessList,
      authorizationList: [
        authorization,
        {
          chainId: max(256n),
          address: account('delegate'),
          nonce: max(64n),
          yParity: 255n,
          r: max(256n),
          s: max(256n),
        },
        { chainId: 0n, address: account('delegate'), nonce: 0n, yParity: 0n, r: 0n, s: 0n },
      ],
    },
  ],
]

/** Signs with the vectors' key. */
export function signed(transaction: UnsignedTransaction): OrderedTransaction {
  return signTransaction(transaction, key)
}

/** `transactions-valid.json`: encoding, hashes, sender and gas of transactions that no stateless rule refuses. */
export function validTransactionVectors(): Vectors {
  return {
    chainId: Number(chainId),
    privateKey: bytesToHex(key),
    transactions: columns(
      validTransactions.map(([name, unsigned]) => {
        const transaction = signed(unsigned)
        const raw = encodeTransaction(transaction)
        const result = classify(raw, { chainId })
        if (!('ok' in result)) throw new Error(`${name}: ${result.skip} (${result.detail})`)
        return {
          name,
          raw: bytesToHex(raw),
          type: transaction.type,
          hash: transactionHash(transaction),
          signingHash: signingHash(transaction),
          sender: recoverSender(transaction)!,
          nonce: transaction.nonce,
          gasLimit: transaction.gasLimit,
          isCreation: transaction.to === undefined,
          to: transaction.to ?? `0x${'00'.repeat(20)}`,
          value: transaction.value,
          data: bytesToHex(transaction.data),
          yParity: transaction.yParity,
          r: transaction.r,
          s: transaction.s,
          intrinsicGas: intrinsicGas(transaction),
          floorGas: floorGas(transaction.data),
        }
      }),
    ),
  }
}
