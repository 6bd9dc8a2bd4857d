/**
 * Proves every step of blocks of edges (`test/block/edge-blocks.ts`) and executes it on the deployed contracts: `node shared/machine/test/prove/edges-on-chain.ts`.
 * Exits with 1 when a step fails, naming it and why.
 */
import { limits } from '@crema/protocol'
import { checkBatch, explainFailure } from '../../../../test/e2e/conformance/step-proofs/check-batch.ts'
import { buildContracts, deployVerifier } from '../../../../test/e2e/conformance/step-proofs/verifier.ts'
import { edgeAlloc, edgeBlocks } from '../block/edge-blocks.ts'
import { config, portal } from '../block/support.ts'
import { proveBlock } from './block-records.ts'
import { createProvenChain, nextBlock } from './support.ts'

const BATCH = 300

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
let steps = 0
try {
  const chain = await createProvenChain(edgeAlloc())
  for (const { entries, deposits } of edgeBlocks()) {
    const records = [...proveBlock(chain, nextBlock(chain, entries, deposits))]
    for (let i = 0; i < records.length; i += BATCH) {
      for (const { record, ok } of await checkBatch(verifier, records.slice(i, i + BATCH))) {
        steps++
        if (ok) continue
        failures++
        console.error(`${record.name}, ${record.op}: ${await explainFailure(verifier, record)}`)
      }
    }
  }
  console.log(`${steps} steps, ${failures} failures`)
} finally {
  verifier.stop()
}
process.exitCode = failures === 0 ? 0 : 1
