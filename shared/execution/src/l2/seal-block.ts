import {
  type BlockHeader,
  bytesToHex,
  encodeHeader,
  encodeReceipt,
  type Hash,
  keccak256Hex,
  type L2Block,
  predeploys,
  unionBloom,
} from '@crema/protocol'
import { createAddressFromString } from '@ethereumjs/util'
import { EMPTY_ROOT } from '../state/account.ts'
import { indexTrieRoot } from '../state/index-trie-root.ts'
import type { JournaledState } from '../state/journaled-state.ts'
import { type BlockBody, gasUsed } from './execute-block.ts'

/** sha256 of nothing: no block ever holds requests (EIP-7685). */
export const EMPTY_REQUESTS_HASH: Hash = '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
/** keccak256(rlp([])): no uncles. */
const EMPTY_UNCLES_HASH: Hash = '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347'
const EMPTY_BLOOM = `0x${'00'.repeat(256)}` as const

/** Header fields that come from the parent and the leaf. */
export type SealContext = Pick<
  BlockHeader,
  'parentHash' | 'number' | 'gasLimit' | 'timestamp' | 'mixHash' | 'baseFeePerGas' | 'parentBeaconBlockRoot'
>

const messagePasser = createAddressFromString(predeploys.l2ToL1MessagePasser)

/** Computes the roots, the header and its hash. `withdrawalsRoot` is the storage root of L2ToL1MessagePasser in the final state. */
export async function sealBlock(state: JournaledState, context: SealContext, body: BlockBody): Promise<L2Block> {
  const stateRoot = await state.getStateRoot()
  const passer = await state.getAccount(messagePasser)
  const header: BlockHeader = {
    ...context,
    sha3Uncles: EMPTY_UNCLES_HASH,
    miner: predeploys.sequencerFeeVault,
    stateRoot: bytesToHex(stateRoot),
    transactionsRoot: indexTrieRoot(body.transactions.map(({ raw }) => raw)),
    receiptsRoot: indexTrieRoot(body.receipts.map(encodeReceipt)),
    logsBloom: body.receipts.length === 0 ? EMPTY_BLOOM : unionBloom(body.receipts.map((receipt) => receipt.logsBloom)),
    difficulty: 0n,
    gasUsed: gasUsed(body),
    extraData: '0x',
    nonce: '0x0000000000000000',
    withdrawalsRoot: bytesToHex(passer?.storageRoot ?? EMPTY_ROOT),
    blobGasUsed: 0n,
    excessBlobGas: 0n,
    requestsHash: EMPTY_REQUESTS_HASH,
  }
  return { hash: keccak256Hex(encodeHeader(header)), header, ...body }
}
