import { headerHash, limits, payloadEntries } from '@crema/protocol'
import { createHttpSequencerClient } from '@crema/sequencer-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startFaultAdmin } from '../../src/faults/admin.ts'
import { createFaultSwitches, type Faults } from '../../src/faults/switches.ts'
import { laneA } from '../support/committee.ts'
import { eventually, ordered, running } from '../support/running.ts'
import { transfer } from '../support/transactions.ts'
import { verifyRange } from '../support/verify.ts'

const { lane } = laneA

/** A sequencer with one honest block, then under `faults`. */
async function faulty(faults: Faults) {
  const run = await running()
  await ordered(run.client, lane, await run.client.submit(lane, transfer()))
  const tip = verifyRange((await run.client.blocks({ lane, fromLaneHeight: 1n, limit: 1 }))!, laneA)
  run.switches.set(faults)
  const order = async (nonce: bigint) => {
    await run.client.submit(lane, transfer({ nonce }))
    await eventually(() => (run.sequencer.chain.state.height === nonce + 1n ? true : undefined))
  }
  const range = async (fromLaneHeight = 1n) => (await run.client.blocks({ lane, fromLaneHeight, limit: 10 }))!
  return { ...run, tip, order, range }
}

describe('fault switches', () => {
  it.each(['signature', 'outsider', 'quorum'] as const)('forge %s: the certificate does not verify', async (kind) => {
    const { range, client, switches } = await faulty({ forge: kind })
    const codes = { signature: 'BAD_SIGNATURE', outsider: 'BAD_SIGNATURE', quorum: 'QUORUM_NOT_REACHED' }
    const forged = await range()
    expect(() => verifyRange(forged, laneA)).toThrowError(expect.objectContaining({ code: codes[kind] }))
    expect((await client.certifiedHeader(1n))?.certificate).toEqual(forged.certified.certificate)
    switches.set({})
    verifyRange(await range(), laneA)
  })

  it('tamper: the payload no longer leads to the tip', async () => {
    const { range } = await faulty({ tamper: true })
    const tampered = await range()
    expect(() => verifyRange(tampered, laneA)).toThrowError('WRONG_TIP')
  })

  it('equivocate: two requests get two certified headers at one height, each of which verifies', async () => {
    const { range, order, tip, client } = await faulty({ equivocate: true })
    await order(1n)
    const [left, right] = [await range(2n), await range(2n)]
    verifyRange(left, laneA, tip)
    verifyRange(right, laneA, tip)
    expect(left.certified.header.height).toBe(right.certified.header.height)
    expect(headerHash(left.certified.header)).not.toBe(headerHash(right.certified.header))
    verifyRange(await range(1n), laneA)
    const first = await client.certifiedHeader(1n)
    const second = await client.certifiedHeader(1n)
    expect(headerHash(first!.header)).not.toBe(headerHash(second!.header))
  })

  it('withhold: header and proof are there, the block is not', async () => {
    const { client } = await faulty({ withhold: true })
    expect(await client.blocks({ lane, fromLaneHeight: 1n, limit: 1 })).toBeUndefined()
    expect((await client.laneProof(1n, lane)).laneHeight).toBe(1n)
    expect(await client.certifiedHeader(1n)).toBeDefined()
  })

  it('drop: accepts and forgets', async () => {
    const { client, sequencer } = await faulty({ drop: true })
    const hash = await client.submit(lane, transfer({ nonce: 1n }))
    expect(await client.status(lane, hash)).toEqual({ stage: 'unknown' })
    expect(sequencer.chain.state.height).toBe(1n)
  })

  it('stop: refuses or hangs, announces nothing, and comes back', async () => {
    const { client, switches, url } = await faulty({ stop: 'refuse' })
    const unreachable = { code: 'SEQUENCER_UNREACHABLE', retryable: true }
    await expect(client.info()).rejects.toMatchObject(unreachable)
    switches.set({ stop: 'hang' })
    const impatient = createHttpSequencerClient({ url, timeoutMs: 200 })
    await expect(impatient.info()).rejects.toMatchObject(unreachable)
    switches.set({})
    expect((await client.info()).height).toBe(1n)
  })

  it('delay: answers late', async () => {
    const { client } = await faulty({ delayMs: 300 })
    const start = performance.now()
    await client.info()
    expect(performance.now() - start).toBeGreaterThanOrEqual(295)
  })

  it('admitAnything: garbage is ordered and certified', async () => {
    const { client, range, tip } = await faulty({ admitAnything: true })
    const garbage = [new Uint8Array([1]), new Uint8Array(110_000).fill(9), transfer({ chainId: 5n })]
    for (const raw of garbage) await ordered(client, lane, await client.submit(lane, raw))
    const served = await range(2n)
    verifyRange(served, laneA, tip)
    expect(served.blocks.flatMap(({ payload }) => payloadEntries(payload)).map(({ bytes }) => bytes)).toEqual(garbage)
  })

  it.each(['unknown', 'future', 'backwards'] as const)(
    'origin %s: certified with an origin L1 does not have',
    async (kind) => {
      const { order, range, tip } = await faulty({ origin: kind })
      await order(1n)
      const served = await range(2n)
      verifyRange(served, laneA, tip)
      const { originNumber } = served.blocks[0]!
      expect(originNumber).toBe({ unknown: 8n, future: 1_000_007n, backwards: 6n }[kind])
    },
  )

  it.each(['future', 'backwards'] as const)('timestamp %s: certified with it', async (kind) => {
    const { order, range, tip } = await faulty({ timestamp: kind })
    await order(1n)
    const served = await range(2n)
    verifyRange(served, laneA, tip)
    const offset = served.blocks[0]!.timestamp - BigInt(Math.floor(Date.now() / 1_000))
    expect(kind === 'future' ? offset > 31_000_000n : offset < -31_000_000n).toBe(true)
  })

  it.each(['oversized', 'malformed'] as const)('payload %s: certified with it', async (kind) => {
    const { order, range, tip } = await faulty({ payload: kind })
    await order(1n)
    const served = await range(2n)
    verifyRange(served, laneA, tip)
    const { payload } = served.blocks[0]!
    if (kind === 'oversized') expect(payload.length).toBeGreaterThan(limits.maxPayloadSize)
    else expect(payloadEntries(payload).length).toBe(1)
  })

  it('are set on an endpoint of their own', async () => {
    const switches = createFaultSwitches({ drop: true })
    const admin = await startFaultAdmin(switches, 0)
    onTestFinished(admin.close)
    const url = `http://127.0.0.1:${admin.port}/faults`
    expect(await (await fetch(url)).json()).toEqual({ drop: true })
    await fetch(url, { method: 'PUT', body: '{"delayMs":5}' })
    expect(switches.current).toEqual({ delayMs: 5 })
    for (const body of ['{"nonsense":true}', '{"delayMs":-1}', 'x']) {
      expect((await fetch(url, { method: 'PUT', body })).status).toBe(400)
    }
    expect(switches.current).toEqual({ delayMs: 5 })
    await fetch(url, { method: 'DELETE' })
    expect(switches.current).toEqual({})
  })
})
