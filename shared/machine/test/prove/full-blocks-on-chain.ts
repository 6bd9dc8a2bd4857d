/**
 * Traces blocks of as many segments as the tree has leaves, and of one less, and executes the steps around their edges on the deployed contracts:
 * `node shared/machine/test/prove/full-blocks-on-chain.ts`. Exits with 1 when trace, machine and contracts differ anywhere.
 */
import { bytesEqual, bytesToHex, hexToBytes, limits } from '@crema/protocol'
import {
  checkBatch,
  explainFailure,
  type StepRecord,
} from '../../../../test/e2e/conformance/step-proofs/check-batch.ts'
import { encodeVerify } from '../../../../test/e2e/conformance/step-proofs/encode-verify.ts'
import { buildContracts, deployVerifier } from '../../../../test/e2e/conformance/step-proofs/verifier.ts'
import { buildTrace, createMachineSource, createMemoryTraceStore } from '../../src/index.ts'
import { proveAt } from '../../src/trace/prove-at.ts'
import { address, config, deposit, portal } from '../block/support.ts'
import { createProvenChain, inboxOf, nextBlock } from './support.ts'

const lastStep = 2 ** 24 - 1
/** Segment and step. */
const places: readonly (readonly [number, number])[] = [
  [0, 0],
  [0, lastStep],
  [1, 0],
  [1, 1],
  ...[4_093, 4_094, 4_095].flatMap((x) => [0, 1, 2, lastStep].map((i) => [x, i] as const)),
]

/** The steps at the edges of a block of `entries` that are skipped and some deposits; counts where trace and proofs differ. */
async function recordsOf(entries: number, deposits: number): Promise<{ records: StepRecord[]; differences: number }> {
  const chain = await createProvenChain({})
  const payload = Array.from({ length: entries }, (_, i) => Uint8Array.of(0x7f, i % 256))
  const made = Array.from({ length: deposits }, (_, i) => deposit(i + 1, { to: address(0xaaa) }))
  const open = nextBlock(chain, payload, made)
  // The assertion ends with the block.
  const block = { ...open, assertion: { ...open.assertion, targetCount: open.before.inboxCount + 1n } }
  const inboxRoot = hexToBytes(inboxOf(block.before, block.leaf).root())
  const options = { state: chain.store, inboxRoot: bytesToHex(inboxRoot), blocks: 1, block: () => block }
  const source = createMachineSource({ ...options, weight: () => 1 })
  const trace = await buildTrace({ source, store: createMemoryTraceStore() })
  let differences = bytesEqual(trace.endState, trace.stateAfter(0, 4_095, lastStep)) ? 0 : 1
  const { startInboxCount, targetCount } = block.assertion
  const records = places.map(([segment, step]): StepRecord => {
    const { proof, before, after } = proveAt(block, chain.store, segment, step)
    const isTraced =
      bytesEqual(before, trace.stateBefore(0, segment, step)) && bytesEqual(after, trace.stateAfter(0, segment, step))
    if (!isTraced) differences++
    const data = encodeVerify({ startInboxCount, targetCount, inboxRoot, block: 0, before, segment, step }, proof)
    return { name: `${entries} entries, ${deposits} deposits, segment ${segment}, step ${step}`, op: '', data, after }
  })
  return { records, differences }
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
  for (const [entries, deposits] of [
    [limits.maxEntries, 0],
    [limits.maxEntries, 2],
    [limits.maxEntries - 1, 0],
  ] as const) {
    const { records, differences } = await recordsOf(entries, deposits)
    failures += differences
    for (const { record, ok } of await checkBatch(verifier, records)) {
      if (ok) continue
      failures++
      console.error(`${record.name}: ${await explainFailure(verifier, record)}`)
    }
    console.log(`${entries} entries, ${deposits} deposits: ${records.length} steps, ${failures} failures so far`)
  }
} finally {
  verifier.stop()
}
process.exitCode = failures === 0 ? 0 : 1
