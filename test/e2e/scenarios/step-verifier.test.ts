import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { createExecutor } from '@crema/execution'
import { endBlock } from '@crema/machine'
import { bytesToHex, type Hex, limits, stateHash } from '@crema/protocol'
import { toFunctionSelector } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { config, portal } from '../conformance/gas/block.ts'
import { recordOf } from '../conformance/gas/measure.ts'
import { sampleBlock } from '../conformance/gas/sample-block.ts'
import { blockSteps } from '../conformance/gas/typical-block.ts'
import { machineStateTests } from '../conformance/machine-state-tests.ts'
import { randomChanges } from '../conformance/mutations/changes.ts'
import { checkMutants } from '../conformance/mutations/check-mutants.ts'
import { createRandom } from '../conformance/mutations/random.ts'
import type { StateTestFile } from '../conformance/state-test-case.ts'
import { checkBatch, explainFailure, type StepRecord } from '../conformance/step-proofs/check-batch.ts'
import { proofSize } from '../conformance/step-proofs/encode-verify.ts'
import { proveStateTestCase } from '../conformance/step-proofs/step-proof-case.ts'
import { buildContracts, type DeployedVerifier, deployVerifier } from '../conformance/step-proofs/verifier.ts'

/** Whole cases with at most so many steps. */
const MAX_STEPS = 3_000
const FILES_OF_FOLDER = 3
const CASES_OF_FILE = 2
/** Cases of a file that are tried. */
const TRIED = 4
const LEAST_CASES = 60
const LEAST_EIPS = 25
const MUTANTS = 2_000
const LFS = 'version https://git-lfs'
const parts = ['ALU', 'MEM', 'STATE', 'CALL', 'CREATE', 'PRECOMPILE', 'TX_LOAD', 'TX', 'SEAL']

let deployed: DeployedVerifier
/** The first step of each micro-op and instruction. */
const firsts = new Map<string, StepRecord>()

beforeAll(async () => {
  buildContracts()
  deployed = await deployVerifier({
    chainId: config.chainId,
    portal,
    blockGasLimit: config.blockGasLimit,
    elasticity: config.elasticityMultiplier,
    denominator: config.baseFeeChangeDenominator,
    minBaseFee: config.minBaseFee,
    maxGas: 2n ** 63n,
    maxBlocks: limits.maxBlocksPerAssertion,
  })
})

afterAll(() => deployed?.stop())

/** Executes the steps on the contracts. */
async function check(records: readonly StepRecord[]): Promise<void> {
  for (const record of records) if (!firsts.has(record.op)) firsts.set(record.op, record)
  for (const { record, ok } of await checkBatch(deployed, records)) {
    if (!ok) throw new Error(`${record.op}, ${record.name}: ${await explainFailure(deployed, record)}`)
  }
}

/** The first files of each folder of the EIPs' tests. Throws when the vectors are absent. */
async function chosenFiles(): Promise<string[]> {
  const chosen = new Map<string, string[]>()
  for (const file of await machineStateTests.tasks()) {
    const folder = path.dirname(file)
    const files = chosen.get(folder) ?? []
    chosen.set(folder, files)
    if (folder.includes(`${path.sep}static${path.sep}`) || files.length === FILES_OF_FOLDER) continue
    if (!(await readFile(file, 'utf8')).startsWith(LFS)) files.push(file)
  }
  return [...chosen.values()].flat()
}

/** All steps of the file's first cases that are short enough. */
async function firstCases(file: string): Promise<StepRecord[][]> {
  const cases: StepRecord[][] = []
  const tests = Object.entries(JSON.parse(await readFile(file, 'utf8')) as StateTestFile)
  for (const [name, test] of tests.filter(([, { post }]) => post.Osaka?.[0] !== undefined).slice(0, TRIED)) {
    if (cases.length === CASES_OF_FILE) break
    const post = test.post.Osaka![0]!
    const records: StepRecord[] = []
    const proven = await proveStateTestCase(name, test, post, MAX_STEPS, (record) => void records.push(record))
    if (typeof proven !== 'string' && proven.whole) cases.push(records)
  }
  return cases
}

describe('the step verifier on L1', () => {
  it('executes every step of official cases of all EIPs as the machine does', async () => {
    let cases = 0
    const folders = new Map<string, number>()
    for (const file of await chosenFiles()) {
      const proven = await firstCases(file)
      for (const records of proven) await check(records)
      cases += proven.length
      const folder = path.basename(path.dirname(file))
      folders.set(folder, (folders.get(folder) ?? 0) + proven.length)
    }
    const ofEips = [...folders].filter(([folder]) => folder.startsWith('eip'))
    expect(ofEips.filter(([, count]) => count === 0)).toEqual([])
    expect(ofEips.length).toBeGreaterThanOrEqual(LEAST_EIPS)
    expect(cases).toBeGreaterThanOrEqual(LEAST_CASES)
  })

  it('goes through a whole block, from one BlockState to the next', async () => {
    const made = await sampleBlock()
    const { before, parent, assertion } = made.block
    let state: Hex = stateHash(before)
    const records: StepRecord[] = []
    for (const [where, step, at] of blockSteps(made)) {
      expect(bytesToHex(step.before)).toBe(state)
      state = bytesToHex(step.after)
      records.push(recordOf(step, where, at))
    }
    await check(records)
    // What another engine makes of the block is what the steps lead to.
    const { input } = made
    const { block } = await createExecutor({ config, state: made.store, portal }).executeBlock(parent, input)
    expect(block.receipts).toHaveLength(7)
    expect(state).toBe(stateHash(endBlock(before, { ...block.header, hash: block.hash }, assertion)))
  })

  it('ran every part', async () => {
    const called = new Set<string>()
    for (const { data } of firsts.values()) {
      const call = { to: deployed.verifier, data: bytesToHex(data), gas: '0xffffff' }
      const trace = await deployed.rpc.call<{ calls?: { to: string }[] }>('debug_traceCall', [
        call,
        'latest',
        { tracer: 'callTracer' },
      ])
      for (const { to } of trace.calls ?? []) called.add(to)
    }
    for (const part of parts) {
      const data = toFunctionSelector(`${part}()`)
      const word = await deployed.rpc.call<Hex>('eth_call', [{ to: deployed.verifier, data }, 'latest'])
      expect(called, part).toContain(`0x${word.slice(26)}`)
    }
  })

  it('never gives another state, whatever is changed in a proof', async () => {
    const random = createRandom(2_026)
    const each = Math.ceil(MUTANTS / firsts.size)
    let tried = 0
    let reverted = 0
    for (const record of firsts.values()) {
      const result = await checkMutants(deployed, record, randomChanges(proofSize(record.data), each, random))
      expect(result.survivors, `${record.op}, ${record.name}`).toEqual([])
      tried += each
      reverted += result.reverted
    }
    expect(tried).toBeGreaterThanOrEqual(MUTANTS)
    expect(reverted).toBeGreaterThan(tried / 2)
  })
})
