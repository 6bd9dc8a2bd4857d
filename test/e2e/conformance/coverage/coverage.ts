import { makeAlloc, makeDeposit, makeEntry, wallets } from '../../../../shared/machine/test/block/random-block.ts'
import { nextBlock } from '../../../../shared/machine/test/prove/support.ts'
import { randomSource } from '../../../../shared/machine/test/trie/support.ts'
import { explainFailure } from '../step-proofs/check-batch.ts'
import { createReport, type ReportBuilder, type Suite, type TaskReport } from '../suite.ts'
import { checkAll } from './batches.ts'
import { allCases } from './cases/index.ts'
import { connectChainVerifier, shareChainVerifier } from './chain-verifier.ts'
import type { CellRecord } from './collect.ts'
import { corpusRecords } from './corpus.ts'
import { edgeCells } from './edges.ts'
import { idleRecords } from './idle.ts'
import { matrixCells, printMatrix } from './matrix.ts'
import { outcomeCells } from './outcomes.ts'
import { runCase } from './run-case.ts'
import { createScene } from './scene.ts'
import { proveBlock } from './whole-blocks.ts'

/** Chains of random blocks, and blocks of each, all of whose steps are executed on chain. */
const CHAINS = [11, 12, 13]
const BLOCKS = 3

const groups = { opcodes: matrixCells, outcomes: outcomeCells, edges: edgeCells } as const

/**
 * Opcode by outcome, micro-op by outcome, micro-op by what follows: each hit by a step that the contracts executed, first from a sample of the state tests,
 * the gaps from the cases of this directory. Then whole blocks.
 */
export const coverage: Suite = {
  name: 'coverage',
  title: 'every opcode, outcome and edge of micro-ops executed on chain; whole blocks from BlockState to BlockState',
  async tasks() {
    await shareChainVerifier()
    return ['matrix', 'blocks']
  },
  run: (task) => (task === 'matrix' ? runMatrix() : runBlocks()),
}

async function runMatrix(): Promise<TaskReport> {
  const builder = createReport()
  const known = new Set(Object.values(groups).flat())
  const found = new Set<string>()
  const records: CellRecord[] = []
  const add = (all: readonly CellRecord[]): void => {
    for (const each of all) {
      records.push(each)
      for (const cell of each.cells) found.add(cell)
    }
  }
  const isWanted = (cell: string): boolean => !found.has(cell)
  for await (const record of corpusRecords(isWanted)) add([record])
  builder.measure('cells that the sample of state tests hits', found.size)
  const tried = new Set<string>()
  for (const each of allCases()) {
    try {
      add(await runCase(each, isWanted, tried))
    } catch (error) {
      builder.fail('cases', each.name, error)
    }
  }
  add(await idleRecords())
  const hit = await checkCells(records, builder)
  for (const cell of hit) if (!known.has(cell)) builder.fail('cells', cell, 'it was hit, but the tables do not have it')
  for (const [group, cells] of Object.entries(groups)) {
    for (const cell of cells) {
      if (hit.has(cell)) builder.pass(group)
      else builder.fail(group, cell, 'no step on chain hits it')
    }
  }
  console.log(printMatrix(hit))
  return builder.report
}

/** The cells of the records that the contracts executed to the right state. */
async function checkCells(records: readonly CellRecord[], builder: ReportBuilder): Promise<Set<string>> {
  const verifier = connectChainVerifier()
  const hit = new Set<string>()
  const results = await checkAll(
    verifier,
    records.map(({ record }) => record),
  )
  for (const [i, { record, ok }] of results.entries()) {
    if (ok) for (const cell of records[i]!.cells) hit.add(cell)
    else builder.fail('steps', `${record.op}: ${record.name}`, await explainFailure(verifier, record))
  }
  builder.measure('steps on chain for the matrix', records.length)
  return hit
}

async function runBlocks(): Promise<TaskReport> {
  const builder = createReport()
  const verifier = connectChainVerifier()
  for (const seed of CHAINS) {
    const random = randomSource(seed)
    const chain = await createScene(makeAlloc(random))
    const nonces = wallets.map(() => 0n)
    for (let b = 0; b < BLOCKS; b++) {
      const deposits = Array.from({ length: random() % 3 }, (_, i) => makeDeposit(random, i + 1))
      const entries = Array.from({ length: 1 + (random() % 5) }, () => makeEntry(random, nonces))
      const records = proveBlock(`chain ${seed} block ${b}`, chain, nextBlock(chain, entries, deposits))
      for (const { record, ok } of await checkAll(verifier, records)) {
        if (ok) builder.pass('steps of whole blocks')
        else
          builder.fail('steps of whole blocks', `${record.op}: ${record.name}`, await explainFailure(verifier, record))
      }
      builder.pass('whole blocks, linked')
    }
  }
  return builder.report
}
