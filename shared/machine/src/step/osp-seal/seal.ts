import {
  type BlockHeader,
  bytesToHex,
  encodeHeader,
  encodeReceipt,
  type Hash,
  keccak256Hex,
  predeploys,
  unionBloom,
} from '@crema/protocol'
import { noAccount, readAccount } from '../../state/accounts.ts'
import { type Machine, type MachineLog, status } from '../../state/machine.ts'
import { rootHash } from '../../trie/hash.ts'
import { indexTrieRoot } from '../../trie/index-trie.ts'
import { microOp } from '../micro-op.ts'
import { LOG_PIECE } from '../sizes.ts'
import { indexAt } from './key-order.ts'

/** sha256 of nothing: there are no requests (EIP-7685). */
const EMPTY_REQUESTS_HASH: Hash = '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
/** keccak256(rlp([])): no uncles. */
const EMPTY_UNCLES_HASH: Hash = '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347'
const EMPTY_BLOOM = `0x${'00'.repeat(256)}` as const

const messagePasser = BigInt(predeploys.l2ToL1MessagePasser)

/** SEAL_BEGIN: opens the tries of transactions and receipts. Without commitments the seal only counts: {@link sealHeader} computes the roots at once. */
export function sealBegin(m: Machine): undefined {
  m.x.i = 0
  m.x.op = m.body.transactions.length === 0 ? microOp.sealHeader : microOp.sealTransaction
}

/** SEAL_TX: takes the transaction at position X.i in key order into its trie. */
export function sealTransaction({ x, body }: Machine): undefined {
  x.i++
  if (x.i < body.transactions.length) return
  x.i = 0
  x.op = microOp.sealReceipt
}

/** SEAL_RECEIPT: begins the receipt at position X.i; one without logs is taken in whole. */
export function sealReceipt(m: Machine): undefined {
  m.x.n = 0
  if (sealedLogs(m).length > 0) m.x.op = microOp.sealLog
  else nextReceipt(m)
}

/** SEAL_LOG: takes the head of log X.n in, with the first piece of its data. */
export function sealLog(m: Machine): undefined {
  nextPiece(m, sealedLogs(m)[m.x.n]!.data.length)
}

/** SEAL_LOGDATA: takes the next piece of the log's data in. */
export function sealLogData(m: Machine): undefined {
  nextPiece(m, m.x.srcLen)
}

/** After the first piece of `left` bytes. */
function nextPiece(m: Machine, left: number): undefined {
  const { x } = m
  x.srcLen = Math.max(0, left - LOG_PIECE)
  if (x.srcLen > 0) {
    x.op = microOp.sealLogData
    return
  }
  x.n++
  if (x.n < sealedLogs(m).length) x.op = microOp.sealLog
  else nextReceipt(m)
}

function nextReceipt({ x, body }: Machine): undefined {
  x.i++
  x.op = x.i < body.receipts.length ? microOp.sealReceipt : microOp.sealHeader
}

/** Logs of the receipt at position X.i. */
function sealedLogs({ x, records }: Machine): readonly MachineLog[] {
  return records[indexAt(x.i, records.length)]!
}

/** SEAL_HEADER: the roots, the header and its hash; the block ends. */
export function sealHeader(m: Machine): undefined {
  const header = makeHeader(m)
  m.x.op = microOp.opcode
  m.status = status.blockEnd
  m.sealed = { ...header, hash: keccak256Hex(encodeHeader(header)) }
}

function makeHeader(m: Machine): BlockHeader {
  const { b, body } = m
  const { parent, input } = m.context!
  const passer = readAccount(m, messagePasser) ?? noAccount
  return {
    parentHash: parent.hash,
    sha3Uncles: EMPTY_UNCLES_HASH,
    miner: predeploys.sequencerFeeVault,
    stateRoot: bytesToHex(rootHash(m.state)),
    transactionsRoot: bytesToHex(indexTrieRoot(body.transactions.map(({ raw }) => raw))),
    receiptsRoot: bytesToHex(indexTrieRoot(body.receipts.map(encodeReceipt))),
    logsBloom: body.receipts.length === 0 ? EMPTY_BLOOM : unionBloom(body.receipts.map(({ logsBloom }) => logsBloom)),
    difficulty: 0n,
    number: b.number,
    gasLimit: b.gasLimit,
    gasUsed: b.cumulativeGas,
    timestamp: b.timestamp,
    extraData: '0x',
    mixHash: input.prevRandao,
    nonce: '0x0000000000000000',
    baseFeePerGas: b.baseFee,
    withdrawalsRoot: bytesToHex(passer.storageRoot),
    blobGasUsed: 0n,
    excessBlobGas: 0n,
    parentBeaconBlockRoot: input.origin.hash,
    requestsHash: EMPTY_REQUESTS_HASH,
  }
}
