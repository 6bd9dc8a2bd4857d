import { makeAlloc, makeDeposit, makeEntry, wallets } from '../../../../shared/machine/test/block/random-block.ts'
import { callLongProgram, longAccount, longProgram } from '../../../../shared/machine/test/prove/long-program.ts'
import { nextBlock } from '../../../../shared/machine/test/prove/support.ts'
import { randomSource } from '../../../../shared/machine/test/trie/support.ts'
import { allCases } from '../coverage/cases/index.ts'
import { idleRecords } from '../coverage/idle.ts'
import { runCase } from '../coverage/run-case.ts'
import { createScene } from '../coverage/scene.ts'
import { proveBlock } from '../coverage/whole-blocks.ts'
import type { StepRecord } from '../step-proofs/check-batch.ts'

/** Cases that may show the same cell, so that each is seen under more than one circumstance. */
const TIMES = 2
const CHAINS = [21, 22]

/** The fixed steps that faults are run against: those of the coverage cases, of whole random blocks with long operations, and where nothing is due. */
export async function faultRecords(): Promise<StepRecord[]> {
  const counts = new Map<string, number>()
  const isWanted = (cell: string): boolean => (counts.get(cell) ?? 0) < TIMES
  const tried = new Set<string>()
  const records: StepRecord[] = []
  for (const each of allCases()) {
    for (const { record, cells } of await runCase(each, isWanted, tried)) {
      records.push(record)
      for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1)
    }
  }
  for (const { record } of await idleRecords()) records.push(record)
  for (const seed of CHAINS) records.push(...(await blockRecords(seed)))
  return records
}

async function blockRecords(seed: number): Promise<StepRecord[]> {
  const random = randomSource(seed)
  const chain = await createScene({ ...makeAlloc(random), [longProgram]: longAccount })
  const nonces = wallets.map(() => 0n)
  const entries = [callLongProgram(nonces[0]!++), ...Array.from({ length: 4 }, () => makeEntry(random, nonces))]
  const deposits = [makeDeposit(random, 1), makeDeposit(random, 2)]
  return proveBlock(`chain ${seed}`, chain, nextBlock(chain, entries, deposits))
}
