/**
 * Proves every step of random blocks, from one BlockState to the next, and executes it on the deployed contracts:
 * `node shared/machine/test/prove/on-chain.ts SEED...`. Exits with 1 when a step fails, naming it and why.
 */
import { hexToBytes, limits } from '@crema/protocol'
import {
  checkBatch,
  explainFailure,
  type StepRecord,
} from '../../../../test/e2e/conformance/step-proofs/check-batch.ts'
import { encodeVerify } from '../../../../test/e2e/conformance/step-proofs/encode-verify.ts'
import { buildContracts, deployVerifier } from '../../../../test/e2e/conformance/step-proofs/verifier.ts'
import { createCommitter } from '../../src/commit/committer.ts'
import { commitMachine } from '../../src/commit/machine-hash.ts'
import { endBlock, getAccount, microOp, openTrie } from '../../src/index.ts'
import { proveIdle, proveStep } from '../../src/prove/prove-step.ts'
import type { ProvableBlock } from '../../src/run/provable-block.ts'
import { createProvingMachine } from '../../src/run/proving-machine.ts'
import { takeWrites } from '../../src/run/take-writes.ts'
import { status } from '../../src/state/machine.ts'
import { makeAlloc, makeDeposit, makeEntry, wallets } from '../block/random-block.ts'
import type { Random } from '../block/random-program.ts'
import { config, portal } from '../block/support.ts'
import { randomBytes, randomSource } from '../trie/support.ts'
import { callLongProgram, longAccount, longProgram } from './long-program.ts'
import { createProvenChain, inboxOf, nextBlock, type ProvenChain } from './support.ts'

const BLOCKS = 3
const BATCH = 500
const names = new Map<number, string>(Object.entries(microOp).map(([name, op]) => [op, name]))

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

/** Runs and proves a block; behind each segment, a step that changes nothing. */
function* proveBlock(chain: ProvenChain, block: ProvableBlock): Generator<StepRecord> {
  const { machine: m, nextSegment } = createProvingMachine(block, chain.store)
  const c = createCommitter()
  const inboxRoot = hexToBytes(inboxOf(block.before, block.leaf).root())
  const given = { startInboxCount: 3n, targetCount: 1_000n, inboxRoot, block: 0 }
  let segment = 0
  do {
    while (m.status === status.running) {
      const step = m.steps
      const { proof, before, after, op, opcode } = proveStep(m, c)
      const label = opcode === undefined ? names.get(op)! : `0x${opcode.toString(16)}`
      const data = encodeVerify({ ...given, before, segment, step }, proof)
      yield { name: `block ${block.before.number + 1n}, segment ${segment}, step ${step}`, op: label, data, after }
    }
    const before = commitMachine(c, m).slice()
    const data = encodeVerify({ ...given, before, segment, step: m.steps }, proveIdle(m, c))
    yield { name: `behind segment ${segment}`, op: 'idle', data, after: before }
    segment++
  } while (nextSegment())
  chain.before = endBlock(block.before, m.sealed!, block.assertion)
  chain.store.add(takeWrites(m))
  chain.head = m.sealed!
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
