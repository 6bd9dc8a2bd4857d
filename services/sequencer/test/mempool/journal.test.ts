import { appendFileSync, readdirSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { keccak256Hex } from '@crema/protocol'
import { expect, it } from 'vitest'
import { openPoolJournal, type Submission } from '../../src/mempool/journal.ts'
import { tempDir } from '../support/temp-dir.ts'

const lane = 901n
const submission = (i: number, size = 100): Submission => {
  const raw = new Uint8Array(size).fill(i)
  return { lane, raw, hash: keccak256Hex(raw), height: BigInt(i) }
}

/** Opens the journal; `found` are the entries of earlier runs, all of which wait again. */
async function open(dir: string, segmentBytes = 1_000_000) {
  const found: Submission[] = []
  const journal = await openPoolJournal({
    dir,
    segmentBytes,
    onEntry: (lane, raw, height) => {
      found.push({ lane, raw, hash: keccak256Hex(raw), height })
      return found.at(-1)!.hash
    },
  })
  return { journal, found }
}

it('gives back what was appended, in order, without a proper close', async () => {
  const dir = tempDir()
  const all = Array.from({ length: 20 }, (_, i) => submission(i))
  const { journal } = await open(dir)
  await Promise.all(all.map(journal.append))
  expect((await open(dir)).found).toEqual(all)
})

it('forgets what is settled when a file holds nothing else', async () => {
  const dir = tempDir()
  const { journal } = await open(dir, 500)
  for (let i = 0; i < 10; i++) await journal.append(submission(i))
  expect(readdirSync(dir).length).toBeGreaterThan(1)
  journal.settle(
    lane,
    Array.from({ length: 9 }, (_, i) => submission(i).hash),
  )
  await journal.append(submission(20))
  await journal.close()
  const { journal: second, found } = await open(dir, 500)
  expect(found.map(({ hash }) => hash)).toEqual(expect.arrayContaining([submission(9).hash, submission(20).hash]))
  expect(found.length).toBeLessThan(7)
  second.settle(
    lane,
    found.map(({ hash }) => hash),
  )
  await expect.poll(() => readdirSync(dir)).toEqual([])
  expect((await open(dir)).found).toEqual([])
})

it('does not keep what was settled before it was written', async () => {
  const dir = tempDir()
  const { journal } = await open(dir, 300)
  const first = journal.append(submission(1))
  const second = journal.append(submission(2))
  journal.settle(lane, [submission(1).hash, submission(2).hash])
  await Promise.all([first, second])
  await journal.append(submission(3))
  journal.settle(lane, [submission(3).hash])
  await journal.append(submission(4))
  await journal.close()
  const { found } = await open(dir)
  expect(found).toContainEqual(submission(4))
  expect(found).not.toContainEqual(submission(1))
})

it('drops a torn tail and goes on in a new file', async () => {
  const dir = tempDir()
  const { journal } = await open(dir)
  await journal.append(submission(1))
  await journal.append(submission(2))
  await journal.close()
  const path = join(dir, readdirSync(dir)[0]!)
  truncateSync(path, statSync(path).size - 1)
  const second = await open(dir)
  expect(second.found).toEqual([submission(1)])
  await second.journal.append(submission(3))
  appendFileSync(join(dir, readdirSync(dir).at(-1)!), Uint8Array.of(1, 2, 3))
  expect((await open(dir)).found).toEqual([submission(1), submission(3)])
})
