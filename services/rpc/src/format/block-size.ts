import type { BlockHeader, BlockTransaction } from '@crema/protocol'

/** Bytes of a block's RLP: header, transactions, no uncles, and an empty list of withdrawals where the header has their root. */
export function blockSize(header: BlockHeader, transactions: readonly BlockTransaction[]): number {
  const body = transactions.reduce((sum, transaction) => sum + transactionLength(transaction.raw), 0)
  const withdrawals = header.withdrawalsRoot === undefined ? 0 : 1
  return withPrefix(withPrefix(headerPayload(header)) + withPrefix(body) + 1 + withdrawals)
}

/** A legacy transaction is a list of its own; a typed one is a string. */
function transactionLength(raw: Uint8Array): number {
  return raw[0]! >= 0xc0 ? raw.length : withPrefix(raw.length)
}

function headerPayload(header: BlockHeader): number {
  // parentHash, sha3Uncles, the three roots and mixHash; miner; logsBloom; nonce.
  const fixed = 6 * 33 + 21 + withPrefix(256) + 9
  return (
    fixed +
    bytesLength(header.extraData) +
    [header.difficulty, header.number, header.gasLimit, header.gasUsed, header.timestamp].reduce(
      (sum, value) => sum + integerLength(value),
      0,
    ) +
    [header.baseFeePerGas, header.blobGasUsed, header.excessBlobGas].reduce<number>(
      (sum, value) => sum + (value === undefined ? 0 : integerLength(value)),
      0,
    ) +
    33 *
      [header.withdrawalsRoot, header.parentBeaconBlockRoot, header.requestsHash].filter((item) => item !== undefined)
        .length
  )
}

function integerLength(value: bigint): number {
  if (value < 0x80n) return 1
  return 1 + Math.ceil(value.toString(16).length / 2)
}

function bytesLength(hex: string): number {
  const length = (hex.length - 2) / 2
  return length === 1 && Number.parseInt(hex.slice(2), 16) < 0x80 ? 1 : withPrefix(length)
}

function withPrefix(length: number): number {
  return length < 56 ? length + 1 : length + 1 + Math.ceil(length.toString(16).length / 2)
}
