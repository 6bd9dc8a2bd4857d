import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hex, RollupConfig } from '@crema/protocol'
import { type Anvil, createRollup, prepareL1, testAccount, testAddress, testKey } from '@crema/testing'
import { type NetworkFiles, readRollupFile, writeRollupFile } from './network-files.ts'
import type { NetworkParameters } from './parameters.ts'

/** Accounts of the well-known mnemonic and what they are for. */
export const roles = { deployer: 0, poster: 1, proposer: 2, secondPoster: 3, guardian: 4, challenger: 10 } as const
/** Accounts with funds on both layers, for people. */
export const userIndexes = [5, 6, 7, 8, 9] as const

/** Seconds of a pause. */
const MAX_PAUSE = 30n

/** Deploys a network on a fresh L1 and writes its files, or reads the files of one that exists. */
export async function createNetwork(
  files: NetworkFiles,
  parameters: NetworkParameters,
  anvil: Anvil,
): Promise<RollupConfig> {
  const existing = readRollupFile(files)
  if (existing !== undefined) return existing
  await prepareL1(anvil.client)
  const config = await createRollup({
    l1Url: anvil.url,
    l1: anvil.client,
    deployer: testAccount(roles.deployer),
    committee: members(parameters),
    l2ChainId: parameters.l2ChainId,
    blockGasLimit: parameters.blockGasLimit,
    challengePeriod: parameters.challengePeriod,
    forceDelay: parameters.forceDelay,
    minAssertionPeriod: parameters.minAssertionPeriod,
    stake: parameters.stake,
    maxGasPerAssertion: parameters.maxGasPerAssertion,
    guardian: testAddress(roles.guardian),
    maxPause: MAX_PAUSE,
    // The longest that the contracts take.
    pauseCooldown: MAX_PAUSE + parameters.challengePeriod,
    feeRecipient: testAddress(roles.deployer),
    prefunded: Object.fromEntries(userIndexes.map((index) => [testAddress(index), 10_000n * 10n ** 18n])),
    genesisAccounts: parameters.genesisAccounts,
  })
  for (const role of ['poster', 'proposer', 'secondPoster', 'challenger'] as const)
    writeKey(files, role, testKey(roles[role]))
  writeRollupFile(files, config)
  return config
}

/** The sequencers' keys stand on a branch of the mnemonic that holds no funds. */
const members = (parameters: NetworkParameters) =>
  Array.from({ length: parameters.committeeSize }, (_, i) => testAddress(i, 1))

/** Path of a role's key file. */
export const keyPath = (files: NetworkFiles, role: keyof typeof roles): string => join(files.root, `${role}.key`)

function writeKey(files: NetworkFiles, role: keyof typeof roles, key: Hex): void {
  writeFileSync(keyPath(files, role), `${key}\n`, { mode: 0o600 })
}
