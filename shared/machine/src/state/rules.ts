/**
 * What distinguishes plain Ethereum (`l1`, for its test corpora) from the rollup (`l2`). Plain data: the micro-ops read it, they do not differ.
 */
export interface Rules {
  readonly name: 'l1' | 'l2'
  readonly chainId: bigint
  /** Whether Osaka's changes hold (EIP-7823, 7825, 7883, 7939, 7951); Prague otherwise. */
  readonly osaka: boolean
  /** Gets the base fee; undefined burns it. */
  readonly baseFeeVault: bigint | undefined
  /** A precompile call priced above this fails, identity apart. Gas. */
  readonly maxPrecompileGas: number
  /** A precompile call fed more bytes than this fails, identity apart. */
  readonly maxPrecompileInput: number
  /** Largest transaction, bytes. */
  readonly maxTransactionSize: number
  /** Largest gas limit of an ordered transaction. */
  readonly maxTransactionGas: bigint
  /** Whether blob transactions (EIP-4844) are executed. */
  readonly blobs: boolean
}
