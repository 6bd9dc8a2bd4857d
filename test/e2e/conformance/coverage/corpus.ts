import { readFile } from 'node:fs/promises'
import { allocationState } from '@crema/execution'
import { l2Rules } from '@crema/machine'
import { hexToBytes, predeploys } from '@crema/protocol'
import { startTransaction } from '../../../../shared/machine/src/prove/prove-transaction.ts'
import { toAllocation } from '../fixture-state.ts'
import { blockOf, gasLimitOf } from '../machine-state-test-case.ts'
import { machineStateTests } from '../machine-state-tests.ts'
import { createMemoryStore } from '../memory-store.ts'
import type { StateTest, StateTestFile, StateTestPost } from '../state-test-case.ts'
import { type CellRecord, collect } from './collect.ts'

const LFS = 'version https://git-lfs'
/** Of the state tests' files, one in so many; and the most bytes of such a file. */
const EVERY = 10
const LARGEST = 1_000_000

const given = { startInboxCount: 0n, targetCount: 1n, inboxRoot: new Uint8Array(32) }

/** Steps of a sample of the official state tests, under rule set `l2`, that hit a cell first. */
export async function* corpusRecords(isWanted: (cell: string) => boolean): AsyncGenerator<CellRecord> {
  const files = await machineStateTests.tasks()
  for (const [i, file] of files.entries()) {
    if (i % EVERY !== 0) continue
    const text = await readFile(file, 'utf8')
    if (text.startsWith(LFS) || text.length > LARGEST) continue
    for (const [name, test] of Object.entries(JSON.parse(text) as StateTestFile)) {
      for (const post of test.post.Osaka ?? []) yield* await caseRecords(name, test, post, isWanted)
    }
  }
}

async function caseRecords(
  name: string,
  test: StateTest,
  post: StateTestPost,
  isWanted: (cell: string) => boolean,
): Promise<CellRecord[]> {
  const raw = hexToBytes(post.txbytes)
  if (gasLimitOf(raw) > Number.MAX_SAFE_INTEGER) return []
  const store = createMemoryStore()
  const { root, writes } = await allocationState(toAllocation(test.pre))
  store.add(writes)
  const block = { ...blockOf(test.env), coinbase: BigInt(predeploys.sequencerFeeVault), blobBaseFee: 1n }
  const context = { rules: l2Rules(BigInt(test.config?.chainid ?? '0x1')), state: store, stateRoot: root, block }
  const start = () => ({ machine: startTransaction(context, raw), nextSegment: () => false })
  return collect(name, start, given, (cell) => cell.startsWith('edge block-end|') === false && isWanted(cell))
}
