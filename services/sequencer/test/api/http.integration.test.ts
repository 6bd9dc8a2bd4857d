import { keccak256Hex, payloadEntries } from '@crema/protocol'
import { createHttpSequencerClient } from '@crema/sequencer-client'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { laneA, laneB } from '../support/committee.ts'
import { eventually, ordered, running } from '../support/running.ts'
import { transfer } from '../support/transactions.ts'
import { verifyRange } from '../support/verify.ts'

const { lane } = laneA

describe('the API over HTTP', () => {
  it('orders a submission and serves it certified', async () => {
    const { client } = await running()
    const raw = transfer()
    const hash = await client.submit(lane, raw)
    expect(hash).toBe(keccak256Hex(raw))
    const place = await ordered(client, lane, hash)
    expect(place).toMatchObject({ sequencerHeight: 1n, laneHeight: 1n, entryIndex: 0 })
    const range = (await client.blocks({ lane, fromLaneHeight: 1n, limit: 10 }))!
    verifyRange(range, laneA)
    expect(payloadEntries(range.blocks[0]!.payload)[0]!.bytes).toEqual(raw)
    expect(await client.certifiedHeader(1n)).toEqual(range.certified)
    expect(await client.laneProof(1n, lane)).toEqual(range.laneProof)
    expect(await client.info()).toMatchObject({ kind: 'dev', height: 1n, epoch: 0n, healthy: true })
    expect(await client.blocks({ lane, fromLaneHeight: 2n, limit: 10 })).toBeUndefined()
    expect(await client.certifiedHeader(2n)).toBeUndefined()
    expect(await client.status(lane, `0x${'00'.repeat(32)}`)).toEqual({ stage: 'unknown' })
  })

  it('refuses with the stable code of each reason', async () => {
    const { client, failures } = await running({ quota: { bytesPerWindow: 1_000, windowMs: 60_000 } })
    const refused = (reason: string, retryable = false) => ({
      code: 'SEQUENCER_REFUSED',
      retryable,
      details: expect.objectContaining({ reason }),
    })
    await client.submit(lane, transfer())
    await expect(client.submit(lane, transfer())).rejects.toMatchObject(refused('ALREADY_KNOWN'))
    await expect(client.submit(5n, transfer())).rejects.toMatchObject(refused('UNKNOWN_LANE'))
    await expect(client.submit(lane, transfer({ chainId: 5n }))).rejects.toMatchObject(refused('TX_WRONG_CHAIN_ID'))
    await expect(client.submit(lane, new Uint8Array([1, 2]))).rejects.toMatchObject(refused('TX_UNDECODABLE'))
    await expect(client.submit(lane, new Uint8Array(300_000))).rejects.toMatchObject(refused('BODY_TOO_LARGE'))
    await expect(client.submit(lane, new Uint8Array())).rejects.toMatchObject(refused('BAD_BODY'))
    await client.submit(lane, transfer({ nonce: 1n, size: 700 }))
    await expect(client.submit(lane, transfer({ nonce: 2n, size: 700 }))).rejects.toMatchObject(
      refused('QUOTA_EXCEEDED', true),
    )
    await expect(client.laneProof(99n, lane)).rejects.toMatchObject(refused('NO_HEADER', true))
    await expect(client.laneProof(1n, laneB.lane)).rejects.toMatchObject(refused('LANE_EMPTY'))
    expect(failures).toEqual([])
  })

  it('answers every malformed request with an error in the one form', async () => {
    const { url, failures } = await running()
    const huge = '9'.repeat(400)
    const requests: [string, RequestInit?][] = [
      ['/'],
      ['/v1/nothing'],
      [`/v1/lanes/${huge}`],
      ['/v1/lanes/-1'],
      ['/v1/lanes/0x10/blocks?from=1'],
      [`/v1/lanes/${lane}/blocks`],
      [`/v1/lanes/${lane}/blocks?from=1&limit=0`],
      [`/v1/lanes/${lane}/blocks?from=1&limit=100000`],
      [`/v1/lanes/${lane}/blocks?from=18446744073709551616`],
      [`/v1/lanes/${lane}/blocks?from=18446744073709551615`],
      [`/v1/lanes/${lane}/transactions/0x12`],
      ['/v1/headers/abc'],
      ['/v1/headers/0'],
      ['/v1/headers/1/lanes/999'],
      ['/v1/watch'],
      ['/v1/watch?lane=5'],
      [`/v1/lanes/${lane}/heartbeat`, { method: 'DELETE' }],
      [
        `/v1/lanes/${lane}/transactions`,
        { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
      ],
      [
        `/v1/lanes/${lane}/transactions`,
        { method: 'POST', body: '[]', headers: { 'content-type': 'application/json' } },
      ],
      [
        `/v1/lanes/${lane}/transactions`,
        { method: 'POST', body: '{"raw":"0x1"}', headers: { 'content-type': 'application/json' } },
      ],
      [`/v1/lanes/${lane}/transactions`, { method: 'POST', body: '['.repeat(200_000) }],
    ]
    for (const [path, init] of requests) {
      const response = await fetch(`${url}${path}`, init)
      expect([response.status >= 400 && response.status < 500, path]).toEqual([true, path])
      expect(await response.json()).toEqual({
        error: {
          code: expect.stringMatching(/^[A-Z_]+$/),
          message: expect.any(String),
          retryable: expect.any(Boolean),
        },
      })
    }
    expect(failures).toEqual([])
  })

  it('takes {raw} as JSON too', async () => {
    const { url } = await running()
    const response = await fetch(`${url}/v1/lanes/${lane}/transactions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ raw: `0x${Buffer.from(transfer()).toString('hex')}` }),
    })
    expect(await response.json()).toEqual({ hash: keccak256Hex(transfer()) })
  })

  it('orders an empty block for a heartbeat, at most one per interval', async () => {
    const { client } = await running({ heartbeatMs: 1_500 })
    const start = Date.now()
    await client.heartbeat(lane)
    await eventually(async () => ((await client.info()).height === 1n ? true : undefined))
    for (let i = 0; i < 5; i++) await client.heartbeat(lane)
    await eventually(async () => ((await client.info()).height === 2n ? true : undefined))
    expect(Date.now() - start).toBeGreaterThanOrEqual(1_500)
    const range = (await client.blocks({ lane, fromLaneHeight: 1n, limit: 10 }))!
    expect(range.blocks.map(({ payload }) => payload.length)).toEqual([0, 0])
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect((await client.info()).height).toBe(2n)
  })

  it('makes no header while nothing waits, and one for all lanes in a tick', async () => {
    const { client } = await running({ blockTimeMs: 50 })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect((await client.info()).height).toBe(0n)
    await Promise.all([client.submit(lane, transfer()), client.submit(laneB.lane, transfer({ chainId: laneB.lane }))])
    await eventually(async () => ((await client.info()).height > 0n ? true : undefined))
    await new Promise((resolve) => setTimeout(resolve, 200))
    const { height } = await client.info()
    const a = (await client.blocks({ lane, fromLaneHeight: 1n, limit: 1 }))!
    const b = (await client.blocks({ lane: laneB.lane, fromLaneHeight: 1n, limit: 1 }))!
    verifyRange(a, laneA)
    verifyRange(b, laneB)
    expect(height).toBeLessThanOrEqual(2n)
  })

  it('announces blocks over WebSocket, at once and as they come', async () => {
    const { client, url } = await running()
    // Not by a poll: none comes before the test is over.
    const watcher = createHttpSequencerClient({ url, pollMs: 600_000 })
    await client.submit(lane, transfer())
    const seen: bigint[] = []
    const stop = new AbortController()
    watcher.watch(lane, (laneHeight) => seen.push(laneHeight), stop.signal)
    await eventually(() => (seen.includes(1n) ? true : undefined))
    for (let nonce = 1n; nonce <= 5n; nonce++) {
      await client.submit(lane, transfer({ nonce }))
      await eventually(() => (seen.at(-1) === nonce + 1n ? true : undefined))
    }
    stop.abort()
  })

  it('survives hostile WebSocket clients', async () => {
    const { url, client } = await running()
    const target = `${url.replace('http', 'ws')}/v1/watch?lane=${lane}`
    for (const message of ['x', '{}', Buffer.alloc(100_000), Buffer.alloc(500)]) {
      const socket = new WebSocket(target)
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
      socket.on('error', () => {})
      socket.send(message)
      await new Promise((resolve) => setTimeout(resolve, 20))
      socket.terminate()
    }
    const unknown = new WebSocket(`${url.replace('http', 'ws')}/v1/watch?lane=5`)
    const status = await new Promise((resolve) =>
      unknown.once('unexpected-response', (_request, response) => resolve(response.statusCode)).once('error', resolve),
    )
    expect(status).toBe(404)
    expect((await client.info()).healthy).toBe(true)
  })

  it('bounds ranges by bytes and still gets everywhere', async () => {
    const { client } = await running({ quota: { bytesPerWindow: 1e9, windowMs: 1_000 }, blockTimeMs: 0 })
    const count = 60
    for (let i = 0; i < count; i++) {
      const hash = await client.submit(lane, transfer({ nonce: BigInt(i), size: 97_000 }))
      await ordered(client, lane, hash)
    }
    const range = (await client.blocks({ lane, fromLaneHeight: 1n, limit: 1_000 }))!
    expect(range.blocks.length).toBeLessThan(count)
    const tip = verifyRange(range, laneA)
    const fromLaneHeight = BigInt(range.blocks.length + 1)
    const rest = (await client.blocks({ lane, fromLaneHeight, limit: 1_000 }))!
    expect(range.blocks.length + rest.blocks.length).toBe(count)
    verifyRange(rest, laneA, tip)
  })
})
