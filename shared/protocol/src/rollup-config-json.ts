import { limits } from './constants.ts'
import { DecodeError } from './errors.ts'
import { keccak256Hex } from './keccak.ts'
import type { Hash } from './types/hex.ts'
import type { RollupConfig } from './types/rollup-config.ts'

// Integers stand in JSON as decimal strings with this suffix, so that hex strings and integers cannot be confused.
const INTEGER = /^(0|[1-9][0-9]*)n$/

/** A configuration as canonical JSON text: integers as `"123n"`, keys in the order they were built. */
export function encodeRollupConfig(config: RollupConfig): string {
  return `${JSON.stringify(config, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value), 2)}\n`
}

/**
 * Reads what {@link encodeRollupConfig} wrote. Throws {@link DecodeError} `BAD_CONFIG`, also when half the block gas limit, which is what
 * deposits may take of a block, is below the largest deposit: that one would stop all others for ever (the Inbox refuses it too).
 */
export function decodeRollupConfig(text: string): RollupConfig {
  let value: unknown
  try {
    value = JSON.parse(text, (_, entry: unknown) =>
      typeof entry === 'string' && INTEGER.test(entry) ? BigInt(entry.slice(0, -1)) : entry,
    )
  } catch (cause) {
    throw new DecodeError('BAD_CONFIG', 'rollup configuration is not JSON', { cause })
  }
  checkShape(value, shape, '')
  const config = value as RollupConfig
  checkBlockGasLimit(config.l2.blockGasLimit)
  return config
}

function checkBlockGasLimit(blockGasLimit: bigint): void {
  const minimum = 2n * limits.maxDepositGas
  if (blockGasLimit / 2n >= limits.maxDepositGas) return
  throw new DecodeError('BAD_CONFIG', `rollup configuration: l2.blockGasLimit is below ${minimum}`, {
    details: { path: 'l2.blockGasLimit', blockGasLimit, minimum },
  })
}

/** Identifies a configuration: nodes refuse a database that was made under another. */
export function rollupConfigDigest(config: RollupConfig): Hash {
  return keccak256Hex(new TextEncoder().encode(encodeRollupConfig(config)))
}

type Shape = 'bigint' | 'string' | 'object' | { readonly [key: string]: Shape }

const address = 'string'
const shape: Shape = {
  l1ChainId: 'bigint',
  l1Contracts: {
    committeeRegistry: address,
    laneRegistry: address,
    stepVerifier: address,
    inbox: address,
    portal: address,
    assertionChain: address,
    bondVault: address,
    guardianPause: address,
    gameFacade: address,
    disputeManager: address,
    verifierSchedule: address,
    multicall3: address,
  },
  l1StartBlock: 'bigint',
  l2: {
    chainId: 'bigint',
    blockGasLimit: 'bigint',
    minBaseFee: 'bigint',
    elasticityMultiplier: 'bigint',
    baseFeeChangeDenominator: 'bigint',
  },
  genesis: { number: 'bigint', timestamp: 'bigint', baseFee: 'bigint', alloc: 'object' },
  genesisState: 'object',
  genesisOrigin: { number: 'bigint', hash: 'string', timestamp: 'bigint', baseFee: 'bigint', mixHash: 'string' },
  setId: 'string',
  challengePeriod: 'bigint',
  gracePeriod: 'bigint',
  forceDelay: 'bigint',
  minAssertionPeriod: 'bigint',
  stake: 'bigint',
  maxBlocksPerAssertion: 'bigint',
  maxGasPerAssertion: 'bigint',
}

function checkShape(value: unknown, expected: Shape, path: string): void {
  if (typeof expected === 'string') {
    if (typeof value !== expected || value === null) {
      throw new DecodeError('BAD_CONFIG', `rollup configuration: ${path} is not a ${expected}`, { details: { path } })
    }
    return
  }
  if (typeof value !== 'object' || value === null) {
    throw new DecodeError('BAD_CONFIG', `rollup configuration: ${path === '' ? 'it' : path} is not an object`)
  }
  for (const [key, inner] of Object.entries(expected)) {
    checkShape((value as Record<string, unknown>)[key], inner, path === '' ? key : `${path}.${key}`)
  }
}
