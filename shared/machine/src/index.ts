export {
  createMachineExecutor,
  type MachineExecutor,
  type MachineExecutorPorts,
  type MachineResult,
} from './run/create-executor.ts'
export { type AssertionContext, endBlock } from './run/end-block.ts'
export { executeTransaction, type MachineTransaction, type TransactionContext } from './run/execute-transaction.ts'
export { executeL1Block, type L1Block, type L1BlockResult } from './run/l1/execute-block.ts'
export { MAX_STEPS } from './run/segments.ts'
export { type OpcodeState, traceTransaction } from './run/trace-transaction.ts'
export * from './state/errors.ts'
export type { MachineLog, SealedHeader } from './state/machine.ts'
export * from './state/make-rules.ts'
export type { Rules } from './state/rules.ts'
export * from './trie/account.ts'
export * from './trie/commit.ts'
export * from './trie/errors.ts'
export * from './trie/get.ts'
export * from './trie/hash.ts'
export * from './trie/index-trie.ts'
export * from './trie/node.ts'
export * from './trie/path.ts'
export * from './trie/prove.ts'
export * from './trie/put.ts'
export * from './trie/remove.ts'
export * from './trie/resolve.ts'
export * from './trie/secure.ts'
export * from './trie/set.ts'
