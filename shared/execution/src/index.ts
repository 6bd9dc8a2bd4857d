export * from './errors.ts'
export {
  buildGenesisAlloc,
  type FeeVaultSettings,
  type GenesisAllocOptions,
  type GenesisContract,
  type PredeployName,
  preinstalls,
} from './genesis/build-genesis-alloc.ts'
export { createGenesis, type Genesis } from './genesis/create-genesis.ts'
export { multicall3Code } from './genesis/multicall3-code.ts'
export { allocationState } from './genesis/write-allocation.ts'
export {
  createL1Executor,
  type L1Executor,
  type L1ExecutorPorts,
  type L1Import,
} from './l1-rules/create-l1-executor.ts'
export { type ExecutedTransaction, executeTransaction, type TransactionPorts } from './l1-rules/execute-transaction.ts'
export { scheduleForks } from './l1-rules/schedule-forks.ts'
export { nextBaseFee } from './l2/base-fee.ts'
export { createExecutor, type ExecutorPorts } from './l2/create-executor.ts'
export { EMPTY_REQUESTS_HASH } from './l2/seal-block.ts'
export { createSimulator, type SimulatorPorts } from './simulator/create-simulator.ts'
export { indexTrieRoot } from './state/index-trie-root.ts'
export type * from './types.ts'
export { createL1Common, createL2Common, FastCommon } from './vm/common.ts'
export type { BlockContext } from './vm/engine.ts'
