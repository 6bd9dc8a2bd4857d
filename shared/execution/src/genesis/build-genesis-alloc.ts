import {
  type Address,
  bigIntToBytes,
  bytesToHex,
  type GenesisAccount,
  type Hash,
  type Hex,
  predeploys,
} from '@crema/protocol'
import { multicall3Code } from './multicall3-code.ts'
import { beaconRootsCode, create2ProxyCode, historyStorageCode, stopCode } from './system-code.ts'

/** Predeploys whose code the project's own contracts define; the names of contracts/src/l2. */
export type PredeployName =
  | 'WETH9'
  | 'GasPriceOracle'
  | 'SequencerFeeVault'
  | 'L1Block'
  | 'L2ToL1MessagePasser'
  | 'BaseFeeVault'

/** Runtime code and storage (32-byte keys and values) of a contract at genesis. */
export interface GenesisContract {
  readonly code: Hex
  readonly storage?: Readonly<Record<Hash, Hash>>
  /** Wei. */
  readonly balance?: bigint
}

/** What both fee vaults are told (contracts/src/l2/README.md). */
export interface FeeVaultSettings {
  /** Who receives withdrawn fees on L1. */
  readonly recipient: Address
  /** Least withdrawal in wei. */
  readonly minWithdrawal: bigint
}

export interface GenesisAllocOptions {
  /** Runtime code from the generated bindings. */
  readonly predeployCode: Readonly<Record<PredeployName, GenesisContract>>
  /** Without it withdrawals of fees revert. */
  readonly feeVaults?: FeeVaultSettings
  /** Balances in wei. */
  readonly prefunded?: Readonly<Record<Address, bigint>>
  /** Further contracts, for example Permit2 at its usual address. */
  readonly contracts?: Readonly<Record<Address, GenesisContract>>
}

/** Contracts that tools expect at the same address on every chain. */
export const preinstalls = {
  multicall3: '0xca11bde05977b3631167028862be2a173976ca11',
  deterministicDeploymentProxy: '0x4e59b44847b379578588920ca78fbf26c0b4956c',
  safeSingletonFactory: '0x914d7fec6aac8cd542e72bca78b30650d45643d7',
} as const satisfies Record<string, Address>

const predeployAddresses: Readonly<Record<PredeployName, Address>> = {
  WETH9: predeploys.weth9,
  GasPriceOracle: predeploys.gasPriceOracle,
  SequencerFeeVault: predeploys.sequencerFeeVault,
  L1Block: predeploys.l1Block,
  L2ToL1MessagePasser: predeploys.l2ToL1MessagePasser,
  BaseFeeVault: predeploys.baseFeeVault,
}

/**
 * The allocation of an L2 genesis: the predeploys, Ethereum's system contracts (EIP-4788 and 2935 real, 7002 and 7251 as STOP), the
 * preinstalls, funded accounts and further contracts. An address that occurs twice gets what is named last.
 */
export function buildGenesisAlloc(options: GenesisAllocOptions): Record<Address, GenesisAccount> {
  const alloc: Record<Address, GenesisAccount> = {}
  for (const [address, balance] of Object.entries(options.prefunded ?? {})) alloc[lower(address)] = { balance }
  for (const [name, address] of Object.entries(predeployAddresses)) {
    alloc[address] = contract(options.predeployCode[name as PredeployName])
  }
  for (const vault of [predeploys.sequencerFeeVault, predeploys.baseFeeVault]) {
    alloc[vault] = withSettings(alloc[vault]!, options.feeVaults)
  }
  alloc[predeploys.beaconRoots] = contract({ code: beaconRootsCode })
  alloc[predeploys.historyStorage] = contract({ code: historyStorageCode })
  alloc[predeploys.withdrawalRequests] = contract({ code: stopCode })
  alloc[predeploys.consolidationRequests] = contract({ code: stopCode })
  alloc[preinstalls.multicall3] = contract({ code: multicall3Code })
  alloc[preinstalls.deterministicDeploymentProxy] = contract({ code: create2ProxyCode })
  alloc[preinstalls.safeSingletonFactory] = contract({ code: create2ProxyCode })
  for (const [address, extra] of Object.entries(options.contracts ?? {})) alloc[lower(address)] = contract(extra)
  return alloc
}

/** Contracts start with nonce 1, as created ones do (EIP-161). */
function contract(source: GenesisContract): GenesisAccount {
  return { nonce: 1n, ...source }
}

function withSettings(account: GenesisAccount, settings: FeeVaultSettings | undefined): GenesisAccount {
  if (settings === undefined) return account
  const slots = { [word(1n)]: word(settings.minWithdrawal), [word(2n)]: word(BigInt(settings.recipient)) }
  return { ...account, storage: { ...account.storage, ...slots } }
}

const word = (value: bigint): Hash => bytesToHex(bigIntToBytes(value, 32))

const lower = (address: string): Address => address.toLowerCase() as Address
