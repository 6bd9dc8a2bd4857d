export { beforeStep } from './commit/before-step.ts'
export { type Committer, createCommitter } from './commit/committer.ts'
export { commitMachine } from './commit/machine-hash.ts'
export { proveIdle, proveStep, type StepProof } from './prove/prove-step.ts'
export { proveTransaction } from './prove/prove-transaction.ts'
export {
  createMachineExecutor,
  type MachineExecutor,
  type MachineExecutorPorts,
  type MachineResult,
} from './run/create-executor.ts'
export { type AssertionContext, endBlock } from './run/end-block.ts'
export { executeTransaction, type MachineTransaction, type TransactionContext } from './run/execute-transaction.ts'
export { executeL1Block, type L1Block, type L1BlockResult } from './run/l1/execute-block.ts'
export type { ProvableBlock } from './run/provable-block.ts'
export { createProvingMachine, type ProvingMachine } from './run/proving-machine.ts'
export { MAX_STEPS } from './run/segments.ts'
export { runToStep } from './run/step.ts'
export { type OpcodeState, traceTransaction } from './run/trace-transaction.ts'
export * from './state/errors.ts'
export type { MachineLog, SealedHeader } from './state/machine.ts'
export * from './state/make-rules.ts'
export type { Rules } from './state/rules.ts'
export { type MicroOp, microOp } from './step/micro-op.ts'
export type {
  AssertionTrace,
  LastLeafProof,
  LeafOpening,
  PreviousLeaf,
} from './trace/assertion-trace.ts'
export { type BuildTraceOptions, buildTrace, type TraceProgress } from './trace/build-trace.ts'
export { TraceError } from './trace/errors.ts'
export { createMachineSource, type MachineSourceOptions } from './trace/machine-source.ts'
export { type ProofAt, proveAt } from './trace/prove-at.ts'
export type { BlockRun, TraceSource } from './trace/source.ts'
export { createMemoryTraceStore, type TraceStore } from './trace/trace-store.ts'
export * from './trace/trace-tree.ts'
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
