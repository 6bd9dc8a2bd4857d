import {
  bytesToHex,
  type DecodedTransaction,
  type DepositTransaction,
  decodeRlp,
  decodeTransaction,
  rlpBytes,
  rlpFixed,
  rlpInteger,
  rlpList,
} from '@crema/protocol'

const depositType = 0x7e

/** Decodes any transaction of a block: an ordered one, or a deposit (docs/protocol/transactions.md). Throws `DecodeError`. */
export function decodeBlockTransaction(raw: Uint8Array): DecodedTransaction {
  return raw[0] === depositType ? decodeDeposit(raw) : decodeTransaction(raw)
}

function decodeDeposit(raw: Uint8Array): DepositTransaction {
  const [sourceHash, from, to, mint, value, gas, , data] = rlpList(decodeRlp(raw.subarray(1)), 8)
  const target = rlpBytes(to)
  return {
    type: depositType,
    sourceHash: bytesToHex(rlpFixed(sourceHash, 32)),
    from: bytesToHex(rlpFixed(from, 20)),
    to: target.length === 0 ? undefined : bytesToHex(rlpFixed(to, 20)),
    mint: rlpInteger(mint, 32),
    value: rlpInteger(value, 32),
    gasLimit: rlpInteger(gas, 8),
    data: rlpBytes(data),
  }
}
