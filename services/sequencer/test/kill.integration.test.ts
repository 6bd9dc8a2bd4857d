import { type CertifiedHeader, headerHash, keccak256Hex, payloadEntries, verifyCertificate } from '@crema/protocol'
import { createHttpSequencerClient } from '@crema/sequencer-client'
import { expect, it } from 'vitest'
import { domain, epoch, genesisOrigin, laneA, laneB, registry, setId } from './support/committee.ts'
import { startProcess } from './support/process.ts'
import { tempDir } from './support/temp-dir.ts'
import { transfer } from './support/transactions.ts'
import { verifyRange } from './support/verify.ts'

const start = (dataDir: string, ...more: string[]) =>
  startProcess('main.ts', 'listening', [
    ...['--data-dir', dataDir, '--port', '0', '--l1.rpc-url', 'http://127.0.0.1:1'],
    ...(more.includes('--block-time-ms') ? [] : ['--block-time-ms', '0']),
    ...['--lanes', `${laneA.lane}=${laneA.inbox},${laneB.lane}=${laneB.inbox}`],
    ...['--set.id', setId, '--set.registry', registry, '--set.l1-chain-id', '31337'],
    ...['--set.origin-number', genesisOrigin.number.toString(), '--set.origin-hash', genesisOrigin.hash],
    ...more,
  ])

it('never shows two headers at one height, however often it is killed', { timeout: 120_000 }, async () => {
  const dataDir = tempDir()
  const seen = new Map<bigint, string>()
  const note = ({ header, certificate }: CertifiedHeader) => {
    verifyCertificate(header, certificate, epoch, domain)
    const hash = headerHash(header)
    expect(seen.get(header.height) ?? hash).toBe(hash)
    seen.set(header.height, hash)
  }
  let nonce = 0n
  for (let round = 0; round < 12; round++) {
    const sequencer = await start(dataDir)
    const client = createHttpSequencerClient({ url: sequencer.url, timeoutMs: 2_000 })
    const { height } = await client.info()
    expect(height).toBeGreaterThanOrEqual(BigInt(seen.size))
    for (let at = 1n; at <= height; at++) note((await client.certifiedHeader(at))!)
    const killed = new Promise((resolve) => setTimeout(resolve, 30 + 25 * round)).then(() => sequencer.kill('SIGKILL'))
    try {
      for (;;) {
        await client.submit(laneA.lane, transfer({ nonce: nonce++, size: 2_000 }))
        const newest = await client.certifiedHeader((await client.info()).height)
        if (newest) note(newest)
      }
    } catch (error) {
      expect(error).toMatchObject({ code: 'SEQUENCER_UNREACHABLE' })
    }
    await killed
  }
  expect(seen.size).toBeGreaterThan(20)
  const sequencer = await start(dataDir)
  const client = createHttpSequencerClient({ url: sequencer.url })
  verifyRange((await client.blocks({ lane: laneA.lane, fromLaneHeight: 1n, limit: 1_000 }))!, laneA)
  expect(await sequencer.kill('SIGTERM')).toBe(0)
})

it('says what is wrong with its log, its keys or its configuration, and ends', async () => {
  const dataDir = tempDir()
  const sequencer = await start(dataDir)
  await expect(start(dataDir)).rejects.toThrowError('LOG_IN_USE')
  expect(await sequencer.kill('SIGTERM')).toBe(0)
  await expect(start(dataDir, '--committee.count', '0')).rejects.toThrowError('committee.count')
})

it('starts with the faults of its configuration and switches them while it runs', async () => {
  const sequencer = await start(tempDir(), '--faults.port', '0', '--faults.initial', '{"stop":"refuse"}')
  const client = createHttpSequencerClient({ url: sequencer.url })
  await expect(client.info()).rejects.toMatchObject({ details: { reason: 'STOPPED' } })
  const { port } = sequencer.lines.find(({ msg }) => msg === 'fault switches are on')!
  await fetch(`http://127.0.0.1:${port}/faults`, { method: 'DELETE' })
  expect((await client.info()).healthy).toBe(true)
})

it('orders after a kill what it accepted before, once', async () => {
  const dataDir = tempDir()
  const slow = await start(dataDir, '--block-time-ms', '600000')
  const raws = Array.from({ length: 20 }, (_, nonce) => transfer({ nonce: BigInt(nonce), size: 500 }))
  const client = createHttpSequencerClient({ url: slow.url })
  const hashes = await Promise.all(raws.map((raw) => client.submit(laneA.lane, raw)))
  await slow.kill('SIGKILL')

  // Whoever submits again hears that it is known; nothing is lost and nothing is ordered twice.
  const quick = await start(dataDir, '--block-time-ms', '50')
  const again = createHttpSequencerClient({ url: quick.url })
  await expect(again.submit(laneA.lane, raws[0]!)).rejects.toMatchObject({ details: { reason: 'ALREADY_KNOWN' } })
  for (const hash of hashes) {
    await expect.poll(() => again.status(laneA.lane, hash).then(({ stage }) => stage)).toBe('ordered')
  }
  await quick.kill('SIGKILL')
  const third = await start(dataDir, '--block-time-ms', '50')
  const range = await createHttpSequencerClient({ url: third.url }).blocks({
    lane: laneA.lane,
    fromLaneHeight: 1n,
    limit: 1_000,
  })
  const ordered = range!.blocks.flatMap(({ payload }) =>
    [...payloadEntries(payload)].map(({ bytes }) => keccak256Hex(bytes)),
  )
  expect(ordered.toSorted()).toEqual(hashes.toSorted())
  expect(await third.kill('SIGTERM')).toBe(0)
})
