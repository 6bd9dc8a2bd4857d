import { describe, expect, it } from 'vitest'
import {
  componentLogger,
  createLogger,
  createMetrics,
  createReadiness,
  cycleLogLevel,
  renderMetricsDocs,
  startHealthServer,
} from '../src/index.ts'

function lines(format: 'json' | 'pretty' = 'json') {
  const out: string[] = []
  const logger = createLogger({ service: 'test', format, destination: { write: (text) => void out.push(text) } })
  return { out, logger }
}

describe('logging', () => {
  it('writes JSON with service, component, error code and bigints, and redacts secrets', () => {
    const { out, logger } = lines()
    const err = Object.assign(new Error('boom'), { code: 'x.y', details: { height: 5n } })
    componentLogger(logger, 'poster').info({ err, wei: 7n, signer: { privateKey: '0xabc' }, password: 'p' }, 'hello')
    const entry = JSON.parse(out[0]!)
    expect(entry).toMatchObject({ level: 'info', service: 'test', component: 'poster', wei: 7, msg: 'hello' })
    expect(entry.err).toMatchObject({ message: 'boom', code: 'x.y', details: { height: 5 } })
    expect(entry.signer.privateKey).toBe('[redacted]')
    expect(entry.password).toBe('[redacted]')
  })
  it('removes credentials from URLs wherever they stand', () => {
    const { out, logger } = lines()
    const err = new Error(
      'HTTP request failed. URL: https://mainnet.example.io/v3/0123456789abcdef0123456789abcdef\nBody',
    )
    logger.error({ err, url: 'wss://user:pass@node.example/ws', local: 'http://127.0.0.1:8545/rpc' }, 'x')
    expect(out[0]).not.toMatch(/0123456789abcdef|pass@/)
    const entry = JSON.parse(out[0]!)
    expect(entry.err.message).toBe('HTTP request failed. URL: https://mainnet.example.io/[redacted]\nBody')
    expect(entry).toMatchObject({ url: 'wss://[redacted]@node.example/ws', local: 'http://127.0.0.1:8545/rpc' })
  })
  it('cycles the level of component loggers too', () => {
    const { out, logger } = lines()
    const child = componentLogger(componentLogger(logger, 'a'), 'b')
    child.debug('hidden')
    expect(cycleLogLevel(logger)).toBe('debug')
    child.debug('shown')
    expect(out.some((line) => line.includes('hidden'))).toBe(false)
    expect(out.some((line) => line.includes('shown'))).toBe(true)
  })
  it('prints for people', () => {
    const { out, logger } = lines('pretty')
    logger.info({ height: 3 }, 'derived')
    expect(out.join('')).toMatch(/INFO.*derived.*"height":3/)
  })
})

describe('metrics', () => {
  it('prefixes, types and documents what is declared', async () => {
    const metrics = createMetrics('test')
    const { sent, head } = metrics.declare({
      sent: { type: 'counter', name: 'tx_sent_total', help: 'Transactions sent.', labels: ['kind'] },
      head: { type: 'gauge', name: 'head_number', help: 'Head.' },
    })
    sent.inc({ kind: 'a' }, 2)
    head.set(5)
    // @ts-expect-error the label was not declared
    expect(() => sent.inc({ other: 'a' })).toThrow()
    const text = await metrics.text()
    expect(text).toContain('crema_tx_sent_total{kind="a",service="test"} 2')
    expect(text).toContain('crema_process_cpu_seconds_total')
    expect(renderMetricsDocs(metrics.specs)).toContain('| `crema_head_number` | gauge |  | Head. |')
  })
  it.each([
    [{ type: 'counter', name: 'sent', help: 'x' }],
    [{ type: 'gauge', name: 'crema_x', help: 'x' }],
    [{ type: 'gauge', name: 'x', help: ' ' }],
  ] as const)('refuses %j', (spec) => {
    expect(() => createMetrics('test').declare({ spec })).toThrow()
  })
})

describe('health server', () => {
  it('answers its four routes, questions and 404', async () => {
    const readiness = createReadiness(['l1'])
    const server = await startHealthServer({
      port: 0,
      notReady: readiness.reasons,
      status: () => ({ head: 2n ** 64n }),
      metrics: async () => 'm 1\n',
      questions: { double: (word) => (word === 'x' ? Promise.reject(new Error('no number')) : BigInt(word) * 2n) },
    })
    const get = async (path: string) => {
      const response = await fetch(server.url + path)
      return { status: response.status, text: await response.text() }
    }
    expect(await get('/health')).toMatchObject({ status: 200 })
    expect(await get('/ready')).toMatchObject({ status: 503, text: expect.stringContaining('l1: starting') })
    readiness.ready('l1')
    expect(await get('/ready')).toMatchObject({ status: 200 })
    expect(JSON.parse((await get('/status')).text)).toEqual({ head: '18446744073709551616' })
    expect(await get('/metrics')).toEqual({ status: 200, text: 'm 1\n' })
    expect(await get('/double/21')).toEqual({ status: 200, text: '"42"\n' })
    expect(await get('/double/x')).toMatchObject({ status: 500, text: expect.stringContaining('no number') })
    expect(await get('/double')).toMatchObject({ status: 404 })
    expect(await get('/x')).toMatchObject({ status: 404 })
    await server.close()
    await expect(fetch(server.url)).rejects.toThrow()
  })
  it('rejects when the port is taken', async () => {
    const options = { notReady: () => [], status: () => null, metrics: async () => '' }
    const server = await startHealthServer({ port: 0, ...options })
    await expect(startHealthServer({ port: server.port, ...options })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await server.close()
  })
})
