import { bigIntToBytes, bytesToBigInt, bytesToHex, concatBytes, hexToBytes } from './bytes.ts'
import { DecodeError } from './errors.ts'
import { hashWords } from './hash.ts'
import { keccak256, keccak256Hex } from './keccak.ts'
import { tags } from './tags.ts'
import { transactionHash } from './transaction/encode.ts'
import type { Address, Hash } from './types/hex.ts'
import type { Deposit } from './types/inbox.ts'
import type { DepositTransaction } from './types/transaction.ts'

/** What a deposit does on L2; the part of {@link Deposit} that its hash commits to, but for the index. */
export type DepositMessage = Pick<Deposit, 'from' | 'to' | 'mint' | 'value' | 'gasLimit' | 'data'>

const zeroAddress: Address = `0x${'00'.repeat(20)}`
const aliasOffset = 0x1111000000000000000000000000000000001111n

/** Leaf `index` of the Portal's deposit tree. */
export function depositHash(deposit: DepositMessage & Pick<Deposit, 'index'>): Hash {
  const { index, from, to, mint, value, gasLimit, data } = deposit
  const target = to ?? zeroAddress
  const dataHash = keccak256Hex(data)
  return hashWords(tags.deposit, index, from, target, to === undefined, mint, value, gasLimit, dataHash)
}

/** `sourceHash` of the 0x7e transaction of queue entry `index`. */
export function depositSourceHash(portal: Address, index: bigint): Hash {
  return hashWords(tags.depositSource, portal, index)
}

/** The L2 transaction of a deposit. */
export function depositTransaction(
  deposit: DepositMessage & Pick<Deposit, 'index'>,
  portal: Address,
): DepositTransaction {
  return toTransaction(deposit, depositSourceHash(portal, deposit.index))
}

/** Hash on L2 of a deposit's transaction. */
export function depositTransactionHash(deposit: DepositMessage & Pick<Deposit, 'index'>, portal: Address): Hash {
  return transactionHash(depositTransaction(deposit, portal))
}

/**
 * The transaction hash that OP Stack tools compute for a deposit from its L1 block and the log's position in that block:
 * sourceHash = keccak256(bytes32(0) ‖ keccak256(l1BlockHash ‖ bytes32(logIndex))) (OP Stack specs, deposits, user-deposited).
 */
export function opDepositAlias(l1BlockHash: Hash, logIndex: number, deposit: DepositMessage): Hash {
  const depositId = keccak256(concatBytes(hexToBytes(l1BlockHash), bigIntToBytes(BigInt(logIndex), 32)))
  return transactionHash(toTransaction(deposit, keccak256Hex(concatBytes(new Uint8Array(32), depositId))))
}

/** L2 sender of a contract on L1: its address + 0x1111000000000000000000000000000000001111 mod 2^160. */
export function aliasAddress(address: Address): Address {
  return bytesToHex(bigIntToBytes(BigInt.asUintN(160, BigInt(address) + aliasOffset), 20))
}

/** What `opaqueData` of `TransactionDeposited` version 0 says besides the target. */
export interface OpaqueData {
  readonly mint: bigint
  readonly value: bigint
  readonly gasLimit: bigint
  readonly isCreation: boolean
  /** A view of the input. */
  readonly data: Uint8Array
}

/** Reads `abi.encodePacked(mint, value, uint64 gasLimit, isCreation, data)`. Throws {@link DecodeError} `BAD_OPAQUE_DATA`. */
export function decodeOpaqueData(bytes: Uint8Array): OpaqueData {
  const flag = bytes[72]
  if (flag === undefined || flag > 1) {
    throw new DecodeError('BAD_OPAQUE_DATA', 'not the data of a deposit, version 0', {
      details: { length: bytes.length, flag },
    })
  }
  return {
    mint: bytesToBigInt(bytes.subarray(0, 32)),
    value: bytesToBigInt(bytes.subarray(32, 64)),
    gasLimit: bytesToBigInt(bytes.subarray(64, 72)),
    isCreation: flag === 1,
    data: bytes.subarray(73),
  }
}

function toTransaction(deposit: DepositMessage, sourceHash: Hash): DepositTransaction {
  const { from, to, mint, value, gasLimit, data } = deposit
  return { type: 0x7e, sourceHash, from, to, mint, value, gasLimit, data }
}
