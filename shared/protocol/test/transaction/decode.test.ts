import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bytesToHex,
  concatBytes,
  DecodeError,
  decodeTransaction,
  encodeTransaction,
  floorGas,
  hexToBytes,
  intrinsicGas,
  keccak256Hex,
  type OrderedTransaction,
  privateKeyToAddress,
  recoverSender,
  recoverSenders,
  signingHash,
  signTransaction,
  transactionHash,
} from '../../src/index.ts'
import { readVectors, rowsOf } from '../support.ts'
import { privateKey, unsignedTransaction } from './arbitraries.ts'
import { ethereumjsFields, ethersFields, ownFields } from './libraries.ts'

const decoded = (raw: Uint8Array): OrderedTransaction | undefined => {
  try {
    return decodeTransaction(raw)
  } catch (error) {
    expect(error).toBeInstanceOf(DecodeError)
    return undefined
  }
}

describe('decodeTransaction', () => {
  const valid = readVectors('transactions-valid.json')

  it.each(rowsOf(valid.transactions))('vector: $name', (row) => {
    const raw = hexToBytes(row.raw)
    const transaction = decodeTransaction(raw)
    expect(bytesToHex(encodeTransaction(transaction))).toBe(row.raw)
    expect(keccak256Hex(raw)).toBe(row.hash)
    expect(transactionHash(transaction)).toBe(row.hash)
    expect(signingHash(transaction)).toBe(row.signingHash)
    expect(recoverSender(transaction)).toBe(row.sender)
    expect(row.sender).toBe(privateKeyToAddress(hexToBytes(valid.privateKey)))
    const { type, nonce, gasLimit, value, yParity, r, s } = transaction
    const expected = {
      nonce: BigInt(row.nonce),
      gasLimit: BigInt(row.gasLimit),
      value: BigInt(row.value),
      r: BigInt(row.r),
      s: BigInt(row.s),
    }
    expect({ type, nonce, gasLimit, value, yParity, r, s }).toEqual({
      type: row.type,
      yParity: row.yParity,
      ...expected,
    })
    expect(transaction.to).toBe(row.isCreation ? undefined : row.to)
    expect(bytesToHex(transaction.data)).toBe(row.data)
    expect(intrinsicGas(transaction)).toBe(BigInt(row.intrinsicGas))
    expect(floorGas(transaction.data)).toBe(BigInt(row.floorGas))
  })

  it('reads what it encodes, as ethers and @ethereumjs/tx do', () => {
    fc.assert(
      fc.property(unsignedTransaction, privateKey, (unsigned, key) => {
        const signed = signTransaction(unsigned, key)
        const raw = encodeTransaction(signed)
        const transaction = decodeTransaction(raw)
        expect(transaction).toEqual(signed)
        const fields = ownFields(transaction, keccak256Hex(raw), privateKeyToAddress(key))
        expect(ownFields(transaction, transactionHash(transaction), recoverSender(transaction))).toEqual(fields)
        expect(ethersFields(raw)).toEqual(fields)
        expect(ethereumjsFields(raw, signed.chainId ?? 1n)).toEqual(fields)
      }),
      { numRuns: 150 },
    )
  })

  it('accepts no mutation that ethers or @ethereumjs/tx read differently, and only canonical bytes', () => {
    const mutation = fc.record({
      at: fc.nat(),
      byte: fc.nat(255),
      how: fc.constantFrom('set', 'flip', 'cut', 'insert', 'append'),
    })
    let accepted = 0
    let refused = 0
    fc.assert(
      fc.property(
        unsignedTransaction,
        privateKey,
        fc.array(mutation, { minLength: 1, maxLength: 2 }),
        (unsigned, key, mutations) => {
          const raw = mutations.reduce(mutate, encodeTransaction(signTransaction(unsigned, key)))
          const transaction = decoded(raw)
          if (transaction === undefined) {
            refused++
            return
          }
          accepted++
          expect(Buffer.from(encodeTransaction(transaction))).toEqual(Buffer.from(raw))
          const fields = ownFields(transaction, keccak256Hex(raw), recoverSender(transaction))
          // What the libraries refuse by rules that are not part of decoding here.
          const plain =
            transaction.nonce <= BigInt(Number.MAX_SAFE_INTEGER) &&
            (transaction.chainId ?? 1n) > 0n &&
            (transaction.chainId ?? 1n) <= BigInt(Number.MAX_SAFE_INTEGER) &&
            BigInt(fields.tip) <= BigInt(fields.fee) &&
            transaction.gasLimit * BigInt(fields.fee) < 2n ** 256n &&
            (transaction.type !== 4 ||
              transaction.authorizationList.every(
                (tuple) => tuple.yParity <= 1n && tuple.chainId < 2n ** 53n && tuple.nonce < 2n ** 53n,
              ))
          if (!plain) return
          if (fields.sender === undefined) {
            expect(() => ethersFields(raw)).toThrow()
            expect(() => ethereumjsFields(raw, transaction.chainId ?? 1n)).toThrow()
            return
          }
          expect(ethersFields(raw)).toEqual(fields)
          expect(ethereumjsFields(raw, transaction.chainId ?? 1n)).toEqual(fields)
        },
      ),
      { numRuns: 600 },
    )
    expect(accepted).toBeGreaterThan(50)
    expect(refused).toBeGreaterThan(50)
  })

  it('recovers a batch in order', () => {
    const transactions = rowsOf(valid.transactions).map((row) => decodeTransaction(hexToBytes(row.raw)))
    expect(recoverSenders(transactions)).toEqual(transactions.map(recoverSender))
  })
})

function mutate(raw: Uint8Array, mutation: { at: number; byte: number; how: string }): Uint8Array {
  const byte = Uint8Array.of(mutation.byte)
  if (raw.length === 0) return byte
  const at = mutation.at % raw.length
  if (mutation.how === 'set') return raw.with(at, mutation.byte)
  if (mutation.how === 'flip') return raw.with(at, raw[at]! ^ (1 << (mutation.byte & 7)))
  if (mutation.how === 'cut') return raw.slice(0, at)
  if (mutation.how === 'insert') return concatBytes(raw.subarray(0, at), byte, raw.subarray(at))
  return concatBytes(raw, byte)
}
