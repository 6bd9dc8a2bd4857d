import { expect, it } from 'vitest'
import { DecodeError } from '../src/errors.ts'
import { decodeRollupConfig, encodeRollupConfig } from '../src/rollup-config-json.ts'
import type { Address, Hash } from '../src/types/hex.ts'
import type { RollupConfig } from '../src/types/rollup-config.ts'

const address = (digit: string): Address => `0x${digit.repeat(40)}`
const word = (digit: string): Hash => `0x${digit.repeat(64)}`
const origin = { number: 7n, hash: word('1'), timestamp: 8n, baseFee: 9n, mixHash: word('2') }
const state = { number: 0n, blockHash: word('3'), stateRoot: word('4'), withdrawalsRoot: word('5'), inboxCount: 0n }

const config = (blockGasLimit: bigint): RollupConfig => ({
  l1ChainId: 1n,
  l1Contracts: {
    committeeRegistry: address('1'),
    laneRegistry: address('2'),
    stepVerifier: address('a'),
    inbox: address('3'),
    portal: address('4'),
    assertionChain: address('5'),
    bondVault: address('6'),
    guardianPause: address('7'),
    gameFacade: address('8'),
    disputeManager: address('b'),
    verifierSchedule: address('c'),
    multicall3: address('9'),
  },
  l1StartBlock: 5n,
  l2: { chainId: 901n, blockGasLimit, minBaseFee: 1n, elasticityMultiplier: 2n, baseFeeChangeDenominator: 8n },
  genesis: { number: 0n, timestamp: 8n, baseFee: 1n, alloc: { [address('a')]: { balance: 3n } } },
  genesisState: { ...state, gasSinceAssertionStart: 0n, status: 1 },
  genesisOrigin: origin,
  setId: word('6'),
  challengePeriod: 60n,
  gracePeriod: 2n,
  forceDelay: 60n,
  minAssertionPeriod: 1n,
  stake: 1n,
  maxBlocksPerAssertion: 4_096n,
  maxGasPerAssertion: 10n ** 12n,
})

function failure(text: string): unknown {
  try {
    return decodeRollupConfig(text)
  } catch (error) {
    return error
  }
}

it('reads back what was written', () => {
  const written = config(30_000_000n)
  expect(decodeRollupConfig(encodeRollupConfig(written))).toEqual(written)
})

it('refuses a block gas limit under which the largest deposit fits no block', () => {
  for (const least of [16_000_000n, 16_000_001n]) {
    expect(decodeRollupConfig(encodeRollupConfig(config(least))).l2.blockGasLimit).toBe(least)
  }
  for (const low of [0n, 15_000_000n, 15_999_999n]) {
    const error = failure(encodeRollupConfig(config(low)))
    expect(error).toBeInstanceOf(DecodeError)
    expect(error).toMatchObject({
      code: 'BAD_CONFIG',
      details: { path: 'l2.blockGasLimit', blockGasLimit: low, minimum: 16_000_000n },
    })
  }
})

it('refuses what is not JSON, lacks a field or has one of another type', () => {
  const text = encodeRollupConfig(config(30_000_000n))
  const bad = [
    '{',
    'null',
    text.replace('"901n"', '901'),
    text.replace('"blockGasLimit"', '"other"'),
    text.replace(`"${word('6')}"`, '"6n"'),
  ]
  for (const one of bad) expect(failure(one)).toMatchObject({ code: 'BAD_CONFIG' })
})
