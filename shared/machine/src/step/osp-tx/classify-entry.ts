import {
  type Address,
  bytesToHex,
  classify,
  concatBytes,
  DecodeError,
  decodeRlp,
  decodeTransaction,
  encodeRlp,
  type FeeMarketTransaction,
  keccak256Hex,
  limits,
  type OrderedTransaction,
  type RlpItem,
  recoverAddress,
  recoverSender,
  rlpBytes,
  rlpFixed,
  rlpInteger,
  rlpList,
  type SkipReason,
  secp256k1HalfOrder,
  statelessSkip,
} from '@crema/protocol'
import type { BlobFields } from '../../state/machine.ts'
import type { Rules } from '../../state/rules.ts'

/** A transaction that only the state can still refuse, or why it is skipped. */
export type Loaded =
  | { readonly ok: OrderedTransaction; readonly sender: Address; readonly blobs?: BlobFields }
  | { readonly skip: SkipReason; readonly detail: string }

/** Applies the rules' stateless checks to the bytes of an entry; never throws for what they hold. */
export function classifyEntry(raw: Uint8Array, rules: Rules): Loaded {
  return rules.blobs ? classifyL1(raw, rules) : classify(raw, rules)
}

/** Ethereum's own checks: no limit of size, from Osaka on the gas cap of EIP-7825, blob transactions. */
function classifyL1(raw: Uint8Array, rules: Rules): Loaded {
  try {
    const { ok, sender, blobs } = raw[0] === 3 ? decodeBlob(raw) : decodePlain(raw)
    if (sender === undefined) return { skip: 'bad-signature', detail: 'no sender recovers from the signature' }
    // The gas cap is the one check that Prague lacks.
    const capped = !rules.osaka && ok.gasLimit > limits.maxTransactionGas
    const skip = statelessSkip(capped ? { ...ok, gasLimit: limits.maxTransactionGas } : ok, rules.chainId)
    if (skip !== undefined) return skip
    return blobs === undefined ? { ok, sender } : { ok, sender, blobs }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return { skip: 'undecodable', detail: error.message }
  }
}

interface Decoded {
  readonly ok: OrderedTransaction
  readonly sender: Address | undefined
  readonly blobs?: BlobFields
}

function decodePlain(raw: Uint8Array): Decoded {
  const ok = decodeTransaction(raw)
  return { ok, sender: recoverSender(ok) }
}

/** Without a sidecar. The rest is a fee-market transaction, under which all other checks run. */
function decodeBlob(raw: Uint8Array): Decoded {
  const items = rlpList(decodeRlp(raw.subarray(1)), 14)
  const integer = (i: number, bytes: number): bigint => rlpInteger(items[i], bytes)
  const yParity = integer(11, 1)
  if (yParity > 1n || integer(13, 32) > secp256k1HalfOrder)
    throw new DecodeError('BAD_SIGNATURE', 'yParity is 0 or 1, s at most half of the order')
  const accessList = rlpList(items[8]).map((entry) => {
    const [address, keys] = rlpList(entry, 2)
    return {
      address: bytesToHex(rlpFixed(address, 20)),
      storageKeys: rlpList(keys).map((key) => bytesToHex(rlpFixed(key, 32))),
    }
  })
  const ok: FeeMarketTransaction = {
    type: 2,
    chainId: integer(0, 32),
    nonce: integer(1, 8),
    maxPriorityFeePerGas: integer(2, 32),
    maxFeePerGas: integer(3, 32),
    gasLimit: integer(4, 8),
    to: bytesToHex(rlpFixed(items[5], 20)),
    value: integer(6, 32),
    data: rlpBytes(items[7]),
    accessList,
    yParity: yParity === 1n ? 1 : 0,
    r: integer(12, 32),
    s: integer(13, 32),
  }
  const hashes = rlpList(items[10]).map((hash) => BigInt(bytesToHex(rlpFixed(hash, 32))))
  if (hashes.length === 0 || hashes.some((hash) => hash >> 248n !== 1n)) {
    throw new DecodeError('BAD_BLOB_HASHES', 'blob hashes of version 1 are needed')
  }
  const digest = keccak256Hex(concatBytes(Uint8Array.of(3), encodeRlp(items.slice(0, 11) as RlpItem[])))
  return { ok, sender: recoverAddress(digest, ok), blobs: { maxFeePerBlobGas: integer(9, 32), hashes } }
}
