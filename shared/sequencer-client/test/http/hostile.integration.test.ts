import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createHttpSequencerClient } from '../../src/http/client.ts'

/** A client of a server that answers with whatever the test says. */
async function clientOf(listener: RequestListener, options: { timeoutMs?: number; maxRangeBytes?: number } = {}) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return createHttpSequencerClient({ url, timeoutMs: 500, ...options })
}
const bad = { name: 'SequencerError', code: 'SEQUENCER_BAD_RESPONSE' }
const unreachable = { name: 'SequencerError', code: 'SEQUENCER_UNREACHABLE', retryable: true }

describe('a hostile or broken sequencer', () => {
  it.each([
    ['nothing', ''],
    ['no JSON', '<html>'],
    ['half of it', '{"kind":"dev"'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ['deep nesting', '['.repeat(200_000)],
    ['another type', '[1]'],
    ['missing fields', '{}'],
    ['a prototype', '{"__proto__":{"kind":"dev"}}'],
  ])('answers %s', async (_name, body) => {
    const client = await clientOf((_request, response) => response.end(body))
    await expect(client.info()).rejects.toMatchObject(bad)
    await expect(client.blocks({ lane: 1n, fromLaneHeight: 1n, limit: 5 })).rejects.toMatchObject(bad)
    await expect(client.certifiedHeader(1n)).rejects.toMatchObject(bad)
    await expect(client.laneProof(1n, 1n)).rejects.toMatchObject(bad)
    await expect(client.status(1n, `0x${'00'.repeat(32)}`)).rejects.toMatchObject(bad)
    await expect(client.submit(1n, new Uint8Array([1]))).rejects.toMatchObject(bad)
  })

  it('sends without end: reading stops at the cap', async () => {
    let sent = 0
    const client = await clientOf(
      (_request, response) => {
        const chunk = Buffer.alloc(64 * 1024, 0x20)
        const write = () => {
          while (!response.destroyed && response.write(chunk)) sent += chunk.length
          if (!response.destroyed) response.once('drain', write)
        }
        write()
      },
      { maxRangeBytes: 1024 * 1024, timeoutMs: 20_000 },
    )
    await expect(client.blocks({ lane: 1n, fromLaneHeight: 1n, limit: 5 })).rejects.toMatchObject(bad)
    await expect(client.info()).rejects.toMatchObject(bad)
    expect(sent).toBeLessThan(64 * 1024 * 1024)
  })

  it('is silent, slow, gone or redirects', async () => {
    const silent = await clientOf(() => {})
    await expect(silent.info()).rejects.toMatchObject(unreachable)
    const trickling = await clientOf((_request, response) => {
      const timer = setInterval(() => response.write(' '), 50)
      response.on('close', () => clearInterval(timer))
    })
    await expect(trickling.info()).rejects.toMatchObject(unreachable)
    const dropping = await clientOf((request) => request.socket.destroy())
    await expect(dropping.info()).rejects.toMatchObject(unreachable)
    const redirecting = await clientOf((_request, response) => response.writeHead(302, { location: '/v1/info' }).end())
    await expect(redirecting.info()).rejects.toMatchObject(unreachable)
    const gone = createHttpSequencerClient({ url: 'http://127.0.0.1:1' })
    await expect(gone.info()).rejects.toMatchObject(unreachable)
  })

  it('refuses, overloaded or not: the caller learns which', async () => {
    const answer = (status: number, body: string) =>
      clientOf((_request, response) => response.writeHead(status).end(body))
    const refusal = '{"error":{"code":"QUOTA_EXCEEDED","message":"m","retryable":true}}'
    await expect((await answer(429, refusal)).submit(1n, new Uint8Array([1]))).rejects.toMatchObject({
      code: 'SEQUENCER_REFUSED',
      retryable: true,
      details: { reason: 'QUOTA_EXCEEDED', status: 429 },
    })
    await expect((await answer(503, refusal)).info()).rejects.toMatchObject(unreachable)
    await expect((await answer(502, '{}')).info()).rejects.toMatchObject(unreachable)
    await expect((await answer(400, '{}')).info()).rejects.toMatchObject(bad)
    const missing = await answer(404, '{"error":{"code":"NO_HEADER","message":"m"}}')
    expect(await missing.certifiedHeader(1n)).toBeUndefined()
    await expect(missing.laneProof(1n, 1n)).rejects.toMatchObject({ code: 'SEQUENCER_REFUSED' })
  })

  it('claims another hash or height than asked for', async () => {
    const lying = await clientOf((_request, response) => response.end(`{"hash":"0x${'11'.repeat(32)}"}`))
    await expect(lying.submit(1n, new Uint8Array([1]))).rejects.toMatchObject(bad)
  })

  it('is left when the caller aborts', async () => {
    const silent = await clientOf(() => {}, { timeoutMs: 60_000 })
    const stop = new AbortController()
    const reason = new Error('enough')
    setTimeout(() => stop.abort(reason), 50)
    await expect(silent.info(stop.signal)).rejects.toBe(reason)
  })
})
