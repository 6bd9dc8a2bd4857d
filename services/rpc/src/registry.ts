import type { Method } from './context.ts'
import { getRawBlock, getRawHeader, getRawReceipts, getRawTransaction } from './methods/debug/get-raw.ts'
import { accounts } from './methods/eth/accounts.ts'
import { blockNumber } from './methods/eth/block-number.ts'
import { call } from './methods/eth/call.ts'
import { capabilities } from './methods/eth/capabilities.ts'
import { chainId } from './methods/eth/chain-id.ts'
import { createAccessList } from './methods/eth/create-access-list.ts'
import { estimateGas } from './methods/eth/estimate-gas.ts'
import { feeHistory } from './methods/eth/fee-history.ts'
import { baseFee, blobBaseFee, gasPrice, maxPriorityFeePerGas } from './methods/eth/fees.ts'
import { fillTransaction } from './methods/eth/fill-transaction.ts'
import { getFilterChanges, getFilterLogs, uninstallFilter } from './methods/eth/filter-access.ts'
import { getBalance } from './methods/eth/get-balance.ts'
import { getBlockByHash } from './methods/eth/get-block-by-hash.ts'
import { getBlockByNumber } from './methods/eth/get-block-by-number.ts'
import { getBlockReceipts } from './methods/eth/get-block-receipts.ts'
import {
  getBlockTransactionCountByHash,
  getBlockTransactionCountByNumber,
} from './methods/eth/get-block-transaction-count.ts'
import { getCode } from './methods/eth/get-code.ts'
import { getLogs } from './methods/eth/get-logs.ts'
import { getProof } from './methods/eth/get-proof.ts'
import { getRawTransactionByHash } from './methods/eth/get-raw-transaction-by-hash.ts'
import { getStorageAt } from './methods/eth/get-storage-at.ts'
import { getStorageValues } from './methods/eth/get-storage-values.ts'
import { getTransactionByHash } from './methods/eth/get-transaction-by-hash.ts'
import {
  getTransactionByBlockHashAndIndex,
  getTransactionByBlockNumberAndIndex,
} from './methods/eth/get-transaction-by-index.ts'
import { getTransactionCount } from './methods/eth/get-transaction-count.ts'
import { getTransactionReceipt } from './methods/eth/get-transaction-receipt.ts'
import { newBlockFilter, newFilter, newPendingTransactionFilter } from './methods/eth/new-filter.ts'
import { sendRawTransaction } from './methods/eth/send-raw-transaction.ts'
import { sendRawTransactionSync } from './methods/eth/send-raw-transaction-sync.ts'
import { subscribe, unsubscribe } from './methods/eth/subscribe.ts'
import { syncing } from './methods/eth/syncing.ts'
import {
  getUncleByBlockHashAndIndex,
  getUncleByBlockNumberAndIndex,
  getUncleCountByBlockHash,
  getUncleCountByBlockNumber,
} from './methods/eth/uncles.ts'
import { listening, peerCount, version } from './methods/net/net.ts'
import { batchForBlock } from './methods/rollup/batch-for-block.ts'
import { config } from './methods/rollup/config.ts'
import { getAssertions } from './methods/rollup/get-assertions.ts'
import { getSkippedTransaction } from './methods/rollup/get-skipped-transaction.ts'
import { getTransactionStage } from './methods/rollup/get-transaction-stage.ts'
import { getWithdrawalProof } from './methods/rollup/get-withdrawal-proof.ts'
import { outputAtBlock } from './methods/rollup/output-at-block.ts'
import { safeHeadAtL1Block } from './methods/rollup/safe-head-at-l1-block.ts'
import { syncStatus } from './methods/rollup/sync-status.ts'
import { modules } from './methods/rpc/modules.ts'
import { content, contentFrom, status } from './methods/txpool/txpool.ts'
import { clientVersion } from './methods/web3/client-version.ts'
import { sha3 } from './methods/web3/sha3.ts'

/** Every method by its name. A map, so that no name reaches an object's prototype. */
export const registry: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['web3_clientVersion', clientVersion],
  ['web3_sha3', sha3],
  ['net_version', version],
  ['net_listening', listening],
  ['net_peerCount', peerCount],
  ['rpc_modules', modules],
  ['eth_capabilities', capabilities],
  ['eth_chainId', chainId],
  ['eth_syncing', syncing],
  ['eth_blockNumber', blockNumber],
  ['eth_accounts', accounts],
  ['eth_getBlockByNumber', getBlockByNumber],
  ['eth_getBlockByHash', getBlockByHash],
  ['eth_getBlockTransactionCountByNumber', getBlockTransactionCountByNumber],
  ['eth_getBlockTransactionCountByHash', getBlockTransactionCountByHash],
  ['eth_getUncleCountByBlockNumber', getUncleCountByBlockNumber],
  ['eth_getUncleCountByBlockHash', getUncleCountByBlockHash],
  ['eth_getUncleByBlockNumberAndIndex', getUncleByBlockNumberAndIndex],
  ['eth_getUncleByBlockHashAndIndex', getUncleByBlockHashAndIndex],
  ['eth_getBlockReceipts', getBlockReceipts],
  ['eth_getTransactionByHash', getTransactionByHash],
  ['eth_getTransactionByBlockNumberAndIndex', getTransactionByBlockNumberAndIndex],
  ['eth_getTransactionByBlockHashAndIndex', getTransactionByBlockHashAndIndex],
  ['eth_getRawTransactionByHash', getRawTransactionByHash],
  ['eth_getTransactionReceipt', getTransactionReceipt],
  ['eth_getTransactionCount', getTransactionCount],
  ['eth_getBalance', getBalance],
  ['eth_getCode', getCode],
  ['eth_getStorageAt', getStorageAt],
  ['eth_getStorageValues', getStorageValues],
  ['eth_getProof', getProof],
  ['eth_call', call],
  ['eth_estimateGas', estimateGas],
  ['eth_createAccessList', createAccessList],
  ['eth_fillTransaction', fillTransaction],
  ['eth_sendRawTransaction', sendRawTransaction],
  ['eth_sendRawTransactionSync', sendRawTransactionSync],
  ['eth_gasPrice', gasPrice],
  ['eth_maxPriorityFeePerGas', maxPriorityFeePerGas],
  ['eth_baseFee', baseFee],
  ['eth_blobBaseFee', blobBaseFee],
  ['eth_feeHistory', feeHistory],
  ['eth_getLogs', getLogs],
  ['eth_newFilter', newFilter],
  ['eth_newBlockFilter', newBlockFilter],
  ['eth_newPendingTransactionFilter', newPendingTransactionFilter],
  ['eth_getFilterChanges', getFilterChanges],
  ['eth_getFilterLogs', getFilterLogs],
  ['eth_uninstallFilter', uninstallFilter],
  ['eth_subscribe', subscribe],
  ['eth_unsubscribe', unsubscribe],
  ['txpool_status', status],
  ['txpool_content', content],
  ['txpool_contentFrom', contentFrom],
  ['debug_getRawHeader', getRawHeader],
  ['debug_getRawBlock', getRawBlock],
  ['debug_getRawReceipts', getRawReceipts],
  ['debug_getRawTransaction', getRawTransaction],
  ['rollup_syncStatus', syncStatus],
  ['rollup_config', config],
  ['rollup_outputAtBlock', outputAtBlock],
  ['rollup_safeHeadAtL1Block', safeHeadAtL1Block],
  ['rollup_batchForBlock', batchForBlock],
  ['rollup_getAssertions', getAssertions],
  ['rollup_getSkippedTransaction', getSkippedTransaction],
  ['rollup_getTransactionStage', getTransactionStage],
  ['rollup_getWithdrawalProof', getWithdrawalProof],
])
