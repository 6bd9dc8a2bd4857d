import type { Address } from './types/hex.ts'

/** Limits of docs/protocol (consensus). Sizes in bytes. */
export const limits = {
  /** Cap of a lane block's payload; above it the block is appended as empty. */
  maxPayloadSize: 114_688,
  /** Entries of a payload that are read. */
  maxEntries: 4_094,
  /** Depth of the entry tree. */
  entryTreeDepth: 12,
  /** Largest transaction. */
  maxTransactionSize: 98_304,
  /** Largest gas limit of an ordered transaction (EIP-7825). */
  maxTransactionGas: 16_777_216n,
  /** Largest initcode of an ordered transaction (EIP-3860). */
  maxInitcodeSize: 49_152,
  /** Largest gas limit of a deposit. */
  maxDepositGas: 8_000_000n,
  /** Largest data of a deposit. */
  maxDepositData: 32_768,
  /** Deposits of one leaf. */
  maxDepositsPerLeaf: 256n,
  /** A precompile call priced above this fails (identity exempt). */
  maxPrecompileGas: 8_000_000n,
  /** A precompile call fed more than this fails (identity exempt). */
  maxPrecompileInput: 98_304,
  /** L1 blocks whose hashes a contract can know (EIP-2935): an origin must be among them when its block is posted. */
  knownL1Blocks: 8_191n,
  /** Seconds that a header's timestamp may lie ahead of the L1 block that appends it. */
  maxTimestampAhead: 60n,
  /** L2 blocks of one assertion. */
  maxBlocksPerAssertion: 4_096n,
  /** Depth of append-only trees. */
  appendOnlyTreeDepth: 32,
} as const

/** L2 predeploys at the OP Stack's addresses, and the system contracts of Ethereum. */
export const predeploys = {
  weth9: '0x4200000000000000000000000000000000000006',
  gasPriceOracle: '0x420000000000000000000000000000000000000f',
  sequencerFeeVault: '0x4200000000000000000000000000000000000011',
  l1Block: '0x4200000000000000000000000000000000000015',
  l2ToL1MessagePasser: '0x4200000000000000000000000000000000000016',
  baseFeeVault: '0x4200000000000000000000000000000000000019',
  beaconRoots: '0x000f3df6d732807ef1319fb7b8bb8522d0beac02',
  historyStorage: '0x0000f90827f1c53a10cb7a02335b175320002935',
  withdrawalRequests: '0x00000961ef480eb55e80d19ad83579a64c007002',
  consolidationRequests: '0x0000bbddc7ce488642fb579f8b00f3a590007251',
} as const satisfies Record<string, Address>
