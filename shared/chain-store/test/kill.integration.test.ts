import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openChainStore } from '../src/index.ts'
import { genesisNumber } from './support/blocks.ts'
import { createRandom } from './support/random.ts'
import { temporaryPath } from './support/store.ts'

const script = new URL('./support/commit-forever.ts', import.meta.url).pathname
const kills = 15

/** Lets a child work on the store and kills it some milliseconds after it began; returns what it said it had done. */
async function workAndKill(path: string, round: number, afterMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [script, path, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  let output = ''
  let started = (): void => undefined
  const ready = new Promise<void>((resolve) => {
    started = resolve
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    started()
  })
  await Promise.race([ready, closed])
  await sleep(afterMs)
  child.kill('SIGKILL')
  const [, signal] = (await closed) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  // The last line may be cut short.
  return output.split('\n').slice(1, -1)
}

it('holds a sound chain with everything that was finished, whenever its process is killed', async () => {
  const path = temporaryPath()
  const random = createRandom(Date.now())
  let steps = 0
  for (let round = 0; round < kills; round++) {
    const done = await workAndKill(path, round, random.below(120))
    steps += done.length
    const store = openChainStore({ path })
    store.check()
    const { latest, safe, finalized } = store.heads()
    for (const { number, hash } of [latest, safe, finalized]) expect(store.headerByNumber(number)?.hash).toBe(hash)
    const first = latest.number - genesisNumber > 60n ? latest.number - 60n : genesisNumber
    for (let number = first; number <= latest.number; number++) {
      const block = store.blockByNumber(number)!
      for (const { hash } of block.transactions) expect(store.receiptByHash(hash)?.blockHash).toBe(block.hash)
      expect(store.position(number)?.inboxIndex).toBe(number - genesisNumber - 1n)
    }
    expect(store.deposits(0n, store.depositCount())).toHaveLength(Number(store.depositCount()))
    for (let index = 0n; index < store.leafCount(); index++) expect(store.leaf(index)?.index).toBe(index)
    // At most one more step than was reported can be in the file; steps move latest by at most two.
    const last = done.at(-1)
    if (last !== undefined) {
      const [distance, hash] = last.split(' ')
      const reported = genesisNumber + BigInt(distance!)
      if (latest.number >= reported) expect(store.headerByNumber(reported)?.hash).toBe(hash)
      else expect(reported - latest.number).toBe(2n)
      expect(latest.number - reported).toBeLessThanOrEqual(1n)
    }
    store.close()
  }
  expect(steps).toBeGreaterThan(kills)
}, 240_000)
