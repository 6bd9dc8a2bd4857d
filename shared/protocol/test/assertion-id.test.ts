import { concat, keccak256 } from 'viem'
import { describe, expect, it } from 'vitest'
import { assertionId, bondId, configHash, outputRoot, stateHash } from '../src/index.ts'
import { type Json, oracleHash, readVectors, rowsOf } from './support.ts'

const vectors = readVectors('assertions.json')

/** A row with the named columns as integers. */
function withIntegers(row: Json, ...names: string[]): Json {
  return { ...row, ...Object.fromEntries(names.map((name) => [name, BigInt(row[name])])) }
}

describe('assertions', () => {
  it('have state hashes and output roots as defined', () => {
    for (const raw of rowsOf(vectors.states)) {
      const row = withIntegers(raw, 'number', 'inboxCount', 'gasSinceAssertionStart')
      const { number, blockHash, stateRoot, withdrawalsRoot, inboxCount, gasSinceAssertionStart, status } = row
      const words = [number, blockHash, stateRoot, withdrawalsRoot, inboxCount, gasSinceAssertionStart, status]
      expect(row.stateHash).toBe(
        oracleHash('blockState', 'uint64, bytes32, bytes32, bytes32, uint64, uint64, uint8', words),
      )
      expect(stateHash(row)).toBe(row.stateHash)
      expect(row.outputRoot).toBe(keccak256(concat([`0x${'00'.repeat(32)}`, stateRoot, withdrawalsRoot, blockHash])))
      expect(outputRoot(row)).toBe(row.outputRoot)
    }
  })

  it('have configurations as defined', () => {
    for (const raw of rowsOf(vectors.configs)) {
      const row = withIntegers(
        raw,
        'l1ChainId',
        'lane',
        'challengePeriod',
        'gracePeriod',
        'stake',
        'maxBlocks',
        'maxGas',
        'minAssertionPeriod',
      )
      const { l1ChainId, inbox, lane, disputeManager, verifier, challengePeriod, gracePeriod, stake } = row
      const { maxBlocks, maxGas, minAssertionPeriod } = row
      const parties = [l1ChainId, inbox, lane, disputeManager, verifier]
      const amounts = [challengePeriod, gracePeriod, stake, maxBlocks, maxGas, minAssertionPeriod]
      const types = 'uint256, address, uint64, address, address, uint64, uint64, uint256, uint64, uint64, uint64'
      expect(row.configHash).toBe(oracleHash('config', types, [...parties, ...amounts]))
      expect(configHash(row)).toBe(row.configHash)
    }
  })

  it('have identifiers as defined', () => {
    for (const raw of rowsOf(vectors.assertions)) {
      const row = withIntegers(raw, 'reopenEpoch', 'targetCount')
      const words = [row.parentId, row.reopenEpoch, row.endStateHash, row.targetCount, row.inboxRoot, row.configHash]
      expect(row.id).toBe(oracleHash('assertion', 'bytes32, uint32, bytes32, uint64, bytes32, bytes32', words))
      expect(assertionId(row)).toBe(row.id)
    }
    for (const row of rowsOf(vectors.bonds)) {
      expect(row.bondId).toBe(oracleHash('bond', 'address, bytes32', [row.owner, row.assertionId]))
      expect(bondId(row.owner, row.assertionId)).toBe(row.bondId)
    }
  })
})
