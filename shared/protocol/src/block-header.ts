import { bytesToHex, hexToBytes } from './bytes.ts'
import { DecodeError } from './errors.ts'
import { keccak256Hex } from './keccak.ts'
import { decodeRlp, encodeRlp, integerToRlp, type RlpItem, rlpBytes, rlpFixed, rlpInteger, rlpList } from './rlp.ts'
import type { BlockHeader } from './types/block.ts'
import type { Hash, Hex } from './types/hex.ts'

/** How a header field stands in RLP: that many bytes, an integer of at most that many bytes, or any bytes. */
type Width = { readonly fixed: number } | { readonly integer: number } | 'any'

const hash: Width = { fixed: 32 }
const integer: Width = { integer: 32 }
const uint64: Width = { integer: 8 }

const widths = {
  parentHash: hash,
  sha3Uncles: hash,
  miner: { fixed: 20 },
  stateRoot: hash,
  transactionsRoot: hash,
  receiptsRoot: hash,
  logsBloom: { fixed: 256 },
  difficulty: integer,
  number: uint64,
  gasLimit: uint64,
  gasUsed: uint64,
  timestamp: uint64,
  extraData: 'any',
  mixHash: hash,
  nonce: { fixed: 8 },
  baseFeePerGas: integer,
  withdrawalsRoot: hash,
  blobGasUsed: uint64,
  excessBlobGas: uint64,
  parentBeaconBlockRoot: hash,
  requestsHash: hash,
} as const satisfies Record<keyof BlockHeader, Width>

const names = Object.keys(widths) as readonly (keyof BlockHeader)[]
/** Fields that every header has; the others exist from their fork on, in order and without gaps. */
const requiredFields = 15

/** RLP of a header: 15 to 21 fields. Throws {@link DecodeError} `HEADER_GAP` when an optional field follows an absent one. */
export function encodeHeader(header: BlockHeader): Uint8Array {
  const values = names.map((name) => header[name])
  const absent = values.indexOf(undefined)
  const present = absent === -1 ? values.length : absent
  if (present < requiredFields || values.slice(present).some((value) => value !== undefined)) {
    throw new DecodeError('HEADER_GAP', `header field ${names[present]} is absent`)
  }
  return encodeRlp(
    values.slice(0, present).map((value) => (typeof value === 'bigint' ? integerToRlp(value) : hexToBytes(value!))),
  )
}

/** Reads a header. Throws {@link DecodeError} for malformed RLP, another number of fields, or a field of another width. */
export function decodeHeader(bytes: Uint8Array): BlockHeader {
  const items = rlpList(decodeRlp(bytes))
  if (items.length < requiredFields || items.length > names.length) {
    throw new DecodeError('RLP_LIST_LENGTH', 'a header has 15 to 21 fields', { details: { length: items.length } })
  }
  const fields = items.map((item, i) => [names[i]!, decodeField(item, widths[names[i]!])])
  return Object.fromEntries(fields) as unknown as BlockHeader
}

/** The block's hash: keccak256 of the header's RLP. */
export function headerRlpHash(header: BlockHeader): Hash {
  return keccak256Hex(encodeHeader(header))
}

function decodeField(item: RlpItem, width: Width): bigint | Hex {
  if (width === 'any') return bytesToHex(rlpBytes(item))
  return 'integer' in width ? rlpInteger(item, width.integer) : bytesToHex(rlpFixed(item, width.fixed))
}
