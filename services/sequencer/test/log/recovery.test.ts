import { copyFileSync, cpSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { headerHash } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { grow, open } from '../support/chain.ts'
import { tempDir } from '../support/temp-dir.ts'

/** A log of four records, with the watermark as it was before the last was announced. */
async function fourRecords() {
  const dir = tempDir()
  const chain = await open(dir)
  await grow(chain, 3)
  const shorter = statSync(join(dir, logFile)).size
  copyFileSync(join(dir, 'watermark'), join(dir, 'watermark-3'))
  const third = chain.state.parentHash
  await grow(chain, 1)
  const fourth = chain.state.parentHash
  await chain.close()
  return { dir, shorter, size: statSync(join(dir, logFile)).size, third, fourth }
}
const logFile = '0000000000000001.log'

describe('recovery of the log', () => {
  it('cuts a torn last record at every byte and signs the next header on the one before', async () => {
    const { dir, shorter, size, third } = await fourRecords()
    const copy = tempDir()
    for (let cut = shorter; cut < size; cut++) {
      cpSync(dir, copy, { recursive: true, force: true })
      copyFileSync(join(dir, 'watermark-3'), join(copy, 'watermark'))
      truncateSync(join(copy, logFile), cut)
      const chain = await open(copy)
      expect(chain.state.height).toBe(3n)
      expect(chain.state.parentHash).toBe(third)
      if (cut % 97 === 0) {
        await grow(chain, 1)
        expect((await chain.block(4n))?.certified.header.parentHash).toBe(third)
      }
      await chain.close()
    }
  })

  it('refuses to go on without a record that was announced', async () => {
    const { dir, shorter, size } = await fourRecords()
    const copy = tempDir()
    for (let cut = 0; cut < size; cut += cut < shorter ? 29 : 3) {
      cpSync(dir, copy, { recursive: true, force: true })
      truncateSync(join(copy, logFile), cut)
      await expect(open(copy)).rejects.toMatchObject({ code: 'LOG_CORRUPT' })
      expect(statSync(join(copy, logFile)).size).toBe(cut)
    }
  })

  it('refuses flipped bits, or recovers all that was written', async () => {
    const { dir, shorter, size, fourth } = await fourRecords()
    const copy = tempDir()
    const whole = readFileSync(join(dir, logFile))
    for (let at = 0; at < size; at += at < shorter ? 29 : 3) {
      const damaged = Buffer.from(whole)
      damaged[at]! ^= 1 << (at % 8)
      cpSync(dir, copy, { recursive: true, force: true })
      writeFileSync(join(copy, logFile), damaged)
      await expect(open(copy)).rejects.toMatchObject({ code: 'LOG_CORRUPT' })
    }
    for (let at = 0; at < 32; at++) {
      const damaged = readFileSync(join(dir, 'watermark'))
      damaged[at]! ^= 1 << (at % 8)
      cpSync(dir, copy, { recursive: true, force: true })
      writeFileSync(join(copy, 'watermark'), damaged)
      const chain = await open(copy)
      expect(chain.state.parentHash).toBe(fourth)
      await chain.close()
    }
  })

  it('spreads over segments and reads every record back', async () => {
    const dir = tempDir()
    const chain = await open(dir, { segmentBytes: 2_000, cacheBytes: 0 })
    await grow(chain, 9)
    const hashes = []
    for (let height = 1n; height <= 9n; height++) hashes.push(headerHash((await chain.block(height))!.certified.header))
    await chain.close()
    expect(readdirSync(dir).filter((name) => name.endsWith('.log')).length).toBeGreaterThan(2)
    const again = await open(dir, { segmentBytes: 2_000 })
    for (let height = 1n; height <= 9n; height++) {
      expect(headerHash((await again.block(height))!.certified.header)).toBe(hashes[Number(height) - 1])
    }
    await again.close()
  })

  it('refuses a missing segment', async () => {
    const dir = tempDir()
    const chain = await open(dir, { segmentBytes: 2_000 })
    await grow(chain, 9)
    await chain.close()
    const middle = readdirSync(dir).filter((name) => name.endsWith('.log'))[1]!
    truncateSync(join(dir, middle), 0)
    await expect(open(dir)).rejects.toMatchObject({ code: 'LOG_CORRUPT' })
  })

  it('is used by one process only', async () => {
    const dir = tempDir()
    const chain = await open(dir)
    await expect(open(dir)).rejects.toMatchObject({ code: 'LOG_IN_USE' })
    await chain.close()
    await (await open(dir)).close()
  })
})
