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
import { type Machine, status } from '../../state/machine.ts'
import { rootHash } from '../../trie/hash.ts'
import { indexTrieRoot } from '../../trie/index-trie.ts'
import { microOp } from '../micro-op.ts'
import { ABSORBED } from '../osp-mem/keccak.ts'

/** sha256 of nothing: there are no requests (EIP-7685). */
const EMPTY_REQUESTS_HASH: Hash = '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
/** keccak256(rlp([])): no uncles. */
const EMPTY_UNCLES_HASH: Hash = '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347'
const EMPTY_BLOOM = `0x${'00'.repeat(256)}` as const

const messagePasser = BigInt(predeploys.l2ToL1MessagePasser)

/**
 * SEAL_LEAF: takes 32 blocks of leaf X.i (transactions, then receipts) into its trie. Without commitments it only counts: the roots are computed
 * at once by {@link sealHeader}.
 */
export function sealLeaf({ x, body }: Machine): undefined {
  const leaves = body.transactions.length
  if (x.i >= 2 * leaves) {
    x.op = microOp.sealHeader
    return
  }
  const length = x.i < leaves ? body.transactions[x.i]!.raw.length : encodeReceipt(body.receipts[x.i - leaves]!).length
  x.srcOff += ABSORBED
  if (x.srcOff < length) return
  x.srcOff = 0
  x.i++
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
