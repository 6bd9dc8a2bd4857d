import { buildGenesisAlloc, createGenesis, preinstalls } from '@crema/execution'
import {
  baseFeeVaultRuntimeCode,
  deployRollup,
  gasPriceOracleRuntimeCode,
  highestCreditGasPrice,
  type L1Client,
  l1BlockRuntimeCode,
  l2ToL1MessagePasserRuntimeCode,
  readL1Block,
  sequencerFeeVaultRuntimeCode,
  wETH9RuntimeCode,
} from '@crema/l1'
import { type Address, blockStatus, type GenesisAccount, type Hash, limits, type RollupConfig } from '@crema/protocol'
import { createWalletClient, http, type LocalAccount } from 'viem'

/** What a rollup is created with. Durations are seconds, amounts wei. */
export interface CreateRollupOptions {
  readonly l1Url: string
  readonly l1: L1Client
  readonly deployer: LocalAccount
  readonly committee: readonly Address[]
  readonly l2ChainId: bigint
  readonly blockGasLimit: bigint
  readonly challengePeriod: bigint
  /** Default 2. */
  readonly gracePeriod?: bigint
  readonly forceDelay: bigint
  readonly minAssertionPeriod: bigint
  readonly stake: bigint
  readonly maxGasPerAssertion: bigint
  /** Default 4,096. */
  readonly maxBlocksPerAssertion?: bigint
  readonly guardian: Address
  readonly maxPause: bigint
  readonly pauseCooldown: bigint
  readonly feeRecipient: Address
  /** Balances in wei on L2 from genesis; nothing on L1 backs them. */
  readonly prefunded: Readonly<Record<Address, bigint>>
  /** Further accounts of the L2 genesis as they are to be: nonces, code, storage. */
  readonly genesisAccounts?: Readonly<Record<Address, GenesisAccount>>
}

const SALT: Hash = `0x${'00'.repeat(32)}`
const NOBODY: Address = `0x${'00'.repeat(20)}`

/** Builds a genesis, deploys the contracts and returns the configuration of the rollup. Throws what the deployment throws. */
export async function createRollup(options: CreateRollupOptions): Promise<RollupConfig> {
  const { l1, l1Url, deployer, maxBlocksPerAssertion = limits.maxBlocksPerAssertion } = options
  const l2 = {
    chainId: options.l2ChainId,
    blockGasLimit: options.blockGasLimit,
    minBaseFee: 1_000_000n,
    elasticityMultiplier: 2n,
    baseFeeChangeDenominator: 8n,
  }
  const head = await readL1Block(l1, { tag: 'latest' })
  if (head === undefined) throw new Error('L1 has no block')
  const genesis = {
    number: 0n,
    timestamp: head.timestamp,
    baseFee: 1_000_000_000n,
    alloc: {
      ...buildGenesisAlloc({
        predeployCode: {
          WETH9: { code: wETH9RuntimeCode },
          GasPriceOracle: { code: gasPriceOracleRuntimeCode },
          SequencerFeeVault: { code: sequencerFeeVaultRuntimeCode },
          L1Block: { code: l1BlockRuntimeCode },
          L2ToL1MessagePasser: { code: l2ToL1MessagePasserRuntimeCode },
          BaseFeeVault: { code: baseFeeVaultRuntimeCode },
        },
        feeVaults: { recipient: options.feeRecipient, minWithdrawal: 10n ** 17n },
        prefunded: options.prefunded,
      }),
      ...options.genesisAccounts,
    },
  }
  const { state } = await createGenesis(genesis, l2)
  const genesisState = { ...state, status: blockStatus.assertionEnd }
  const l1ChainId = await l1.getChainId()
  const gracePeriod = options.gracePeriod ?? 2n
  const { contracts, setId, genesisOrigin, l1StartBlock } = await deployRollup(
    l1,
    createWalletClient({ account: deployer, transport: http(l1Url) }),
    {
      committee: [...options.committee].sort(),
      salt: SALT,
      l2,
      genesisTimestamp: genesis.timestamp,
      genesisState,
      challengePeriod: options.challengePeriod,
      gracePeriod,
      minAssertionPeriod: options.minAssertionPeriod,
      forceDelay: options.forceDelay,
      stake: options.stake,
      maxBlocksPerAssertion,
      maxGasPerAssertion: options.maxGasPerAssertion,
      maxCreditGasPrice: highestCreditGasPrice(options.stake),
      verifierOwner: NOBODY,
      verifierDelay: options.challengePeriod,
      guardian: options.guardian,
      maxPause: options.maxPause,
      pauseCooldown: options.pauseCooldown,
    },
  )
  return {
    l1ChainId: BigInt(l1ChainId),
    l1Contracts: { ...contracts, multicall3: preinstalls.multicall3 },
    l1StartBlock,
    l2,
    genesis,
    genesisState,
    genesisOrigin,
    setId,
    challengePeriod: options.challengePeriod,
    gracePeriod,
    forceDelay: options.forceDelay,
    minAssertionPeriod: options.minAssertionPeriod,
    stake: options.stake,
    maxBlocksPerAssertion,
    maxGasPerAssertion: options.maxGasPerAssertion,
  }
}
