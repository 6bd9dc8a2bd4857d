import type {
  AccessListEntry,
  Address,
  Authorization,
  BlockHeader,
  BlockInput,
  Hash,
  Hex,
  L2Block,
  Log,
  StateWrites,
} from '@crema/protocol'

/** A header with its hash. */
export type SealedHeader = BlockHeader & { readonly hash: Hash }

export type { BlockInput } from '@crema/protocol'

/** A block and the trie nodes and codes it added; store both or neither. */
export interface ExecutionResult {
  readonly block: L2Block
  readonly writes: StateWrites
}

/** The state transition. One implementation runs @ethereumjs/vm; the step machine is to be another. */
export interface Executor {
  /**
   * Executes one L2 block on the state of `parent`. Never throws for what a payload holds. Throws `MissingStateError` when a
   * trie node is absent. Calls must not overlap.
   */
  executeBlock(parent: SealedHeader, input: BlockInput): Promise<ExecutionResult>
}

/** A message as `eth_call` describes it. */
export interface CallMessage {
  readonly from: Address
  readonly to: Address | undefined
  /** Gas limit; the caller applies its cap. */
  readonly gas: bigint
  /** Wei; 0 when the call names no price: then BASEFEE reads 0. */
  readonly gasPrice: bigint
  readonly value: bigint
  readonly data: Uint8Array
  readonly accessList?: readonly AccessListEntry[]
  readonly authorizationList?: readonly Authorization[]
}

/** Fields of the block context that a call may replace. */
export interface BlockOverrides {
  readonly number?: bigint
  readonly timestamp?: bigint
  readonly gasLimit?: bigint
  readonly feeRecipient?: Address
  readonly prevRandao?: Hash
  readonly baseFeePerGas?: bigint
}

/** Replaced parts of one account. `state` replaces all storage, `stateDiff` single slots. */
export interface AccountOverride {
  readonly balance?: bigint
  readonly nonce?: bigint
  readonly code?: Uint8Array
  readonly state?: ReadonlyMap<Hash, Hash>
  readonly stateDiff?: ReadonlyMap<Hash, Hash>
}

export interface CallRequest {
  /** Block on whose state and context the call runs. */
  readonly header: SealedHeader
  readonly message: CallMessage
  readonly blockOverrides?: BlockOverrides
  readonly stateOverrides?: ReadonlyMap<Address, AccountOverride>
}

export interface CallResult {
  readonly success: boolean
  /** Returned or reverted bytes. */
  readonly output: Hex
  /** Gas used with refunds and intrinsic gas, as a transaction would be charged. */
  readonly gasUsed: bigint
  /** VM error such as `revert`, `out of gas`, `invalid opcode`; undefined on success. */
  readonly error: string | undefined
  readonly logs: readonly Log[]
  /** Accounts and slots that the call touched (EIP-2930 form, without sender, target and precompiles). */
  readonly accessList: readonly AccessListEntry[]
}

export interface AccountState {
  readonly nonce: bigint
  readonly balance: bigint
  readonly codeHash: Hash
  readonly storageRoot: Hash
}

export interface AccountProof extends AccountState {
  readonly accountProof: readonly Hex[]
  readonly storageProof: readonly { readonly key: Hash; readonly value: bigint; readonly proof: readonly Hex[] }[]
}

/** Reads and simulations on any stored state. Calls may overlap with each other and with execution. */
export interface StateSimulator {
  account(stateRoot: Hash, address: Address): Promise<AccountState | undefined>
  code(stateRoot: Hash, address: Address): Promise<Uint8Array>
  storage(stateRoot: Hash, address: Address, slot: Hash): Promise<Hash>
  proof(stateRoot: Hash, address: Address, slots: readonly Hash[]): Promise<AccountProof>
  call(request: CallRequest): Promise<CallResult>
}
