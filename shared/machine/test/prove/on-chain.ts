/**
 * Proves every step of random blocks, from one BlockState to the next, and executes it on the deployed contracts:
 * `node shared/machine/test/prove/on-chain.ts SEED...`. Exits with 1 when a step fails, naming it and why.
 */
import { hexToBytes, limits } from '@crema/protocol'
import { checkBatch, explainFailure } from '../../../../test/e2e/conformance/step-proofs/check-batch.ts'
import { buildContracts, deployVerifier } from '../../../../test/e2e/conformance/step-proofs/verifier.ts'
import { getAccount, openTrie } from '../../src/index.ts'
import type { ProvableBlock } from '../../src/run/provable-block.ts'
import { makeAlloc, makeDeposit, makeEntry, wallets } from '../block/random-block.ts'
import type { Random } from '../block/random-program.ts'
import { config, portal } from '../block/support.ts'
import { randomBytes, randomSource } from '../trie/support.ts'
import { proveBlock } from './block-records.ts'
import { callLongProgram, longAccount, longProgram } from './long-program.ts'
import { createProvenChain, nextBlock, type ProvenChain } from './support.ts'

const BLOCKS = 3
const BATCH = 500

/** A call of long operations, anything, and in the second block an entry that is too large. */
function makeBlock(chain: ProvenChain, random: Random, number: number): ProvableBlock {
  const state = openTrie(hexToBytes(chain.head.stateRoot))
  const nonces = wallets.map((each) => getAccount(chain.store, state, hexToBytes(each.address))?.nonce ?? 0n)
  const entries = [callLongProgram(nonces[0]!++)]
  for (let left = random() % 6; left > 0; left--) {
    entries.push(random() % 10 === 0 ? randomBytes(random, 1 + (random() % 90)) : makeEntry(random, nonces))
  }
  if (number === 1) entries.push(new Uint8Array(limits.maxTransactionSize + 1).fill(7))
  const deposits = Array.from({ length: random() % 4 }, (_, i) => makeDeposit(random, i + 1))
  return nextBlock(chain, entries, deposits)
}

if (!process.argv.includes('--built')) buildContracts()
const verifier = await deployVerifier({
  chainId: config.chainId,
  portal,
  blockGasLimit: config.blockGasLimit,
  elasticity: config.elasticityMultiplier,
  denominator: config.baseFeeChangeDenominator,
  minBaseFee: config.minBaseFee,
  maxGas: 10n ** 12n,
  maxBlocks: limits.maxBlocksPerAssertion,
})
let failures = 0
try {
  for (const seed of process.argv.slice(2).filter((each) => !each.startsWith('--'))) {
    const random = randomSource(Number(seed))
    const chain = await createProvenChain({ ...makeAlloc(random), [longProgram]: longAccount })
    let steps = 0
    for (let number = 0; number < BLOCKS; number++) {
      const records = [...proveBlock(chain, makeBlock(chain, random, number))]
      for (let i = 0; i < records.length; i += BATCH) {
        for (const { record, ok } of await checkBatch(verifier, records.slice(i, i + BATCH))) {
          steps++
          if (ok) continue
          failures++
          console.error(`seed ${seed}, ${record.name}, ${record.op}: ${await explainFailure(verifier, record)}`)
        }
      }
    }
    console.log(`seed ${seed}: ${steps} steps`)
  }
} finally {
  verifier.stop()
}
process.exitCode = failures === 0 ? 0 : 1
