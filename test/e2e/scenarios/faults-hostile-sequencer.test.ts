import { readFileSync } from 'node:fs'
import { keccak256 } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createServiceProcess, type ServiceProcess } from '../devnet/service-process.ts'
import { serviceSpec } from '../devnet/service-specs.ts'
import { createClients } from '../support/clients.ts'
import { drip, endless, type HostileServer, type Hostility, startHostileServer } from '../support/hostile-server.ts'
import { alarmRaised, nodeMode, nodeStatus, nodeWell } from '../support/node-status.ts'
import { rollupCall } from '../support/rollup-call.ts'
import { useDevnet } from '../support/scenario.ts'
import { rawBy, submitRaw } from '../support/send-raw.ts'
import { storedEvidence } from '../support/sync-from-l1.ts'
import { until } from '../support/until.ts'

const USER = 5
const devnet = useDevnet({ parameters: { blockTimeMs: 200 }, services: ['sequencer', 'poster'] })
let rpc: ServiceProcess
let server: HostileServer
/** The honest sequencer's answers for the block that the node has not seen, and for those that it has: to lie with. */
let next: Range
let old: Range

interface Range {
  blocks: Record<string, unknown>[]
  certified: { header: Record<string, unknown>; certificate: Record<string, unknown> }
  laneProof: Record<string, unknown>
}

const clients = () => createClients(devnet(), USER)
const lane = () => devnet().config.l2.chainId
/** Resident memory of the RPC's process in MiB. */
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${rpc.pid()}/status`, 'utf8'))![1]) / 1024

beforeAll(async () => {
  const net = devnet()
  const spec = serviceSpec('rpc', net)
  // Looks at the sequencer as often as it can, so that it sees every lie soon.
  const flags = spec.flags.map((flag, i) => (spec.flags[i - 1] === '--sequencer.poll-ms' ? '50' : flag))
  rpc = createServiceProcess({ ...spec, flags })
  await rpc.start()
  const { l2Wallet, l2Public, account } = clients()
  const hash = await l2Wallet.sendTransaction({ to: account.address, value: 1n })
  await l2Public.waitForTransactionReceipt({ hash })
  const ranges = `${net.urls.sequencer}/v1/lanes/${lane()}/blocks?from=`
  old = (await (await fetch(`${ranges}1`)).json()) as Range
  const at = BigInt(old.laneProof.laneHeight as string) + 1n
  // One more block is ordered while the node does not look.
  process.kill(rpc.pid()!, 'SIGSTOP')
  await submitRaw(net, rawBy(USER, lane(), { nonce: 1n }))
  next = await until('the next block', 10_000, async () => {
    const response = await fetch(`${ranges}${at}`)
    return response.ok ? ((await response.json()) as Range) : undefined
  })
  await net.services.sequencer.stop()
  process.kill(rpc.pid()!, 'SIGCONT')
  server = await startHostileServer(net.ports.sequencer, (_, response) => response.destroy())
}, 120_000)
afterAll(async () => {
  await server.close()
  await rpc.stop()
}, 60_000)

const say =
  (body: string, status = 200): Hostility =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(body)
/** The genuine next block, changed; whatever else is asked for does not exist. */
const range =
  (change: (range: Range) => void, honest = () => next): Hostility =>
  (path, response) => {
    const copy = structuredClone(honest())
    change(copy)
    if (path.includes('/blocks')) say(JSON.stringify(copy))(path, response)
    else say('{"error":{"code":"NO_HEADER","message":"no such header","retryable":true}}', 404)(path, response)
  }

const MIB = 2 ** 20
const lies: Record<string, { readonly behave: Hostility; readonly code: string | RegExp }> = {
  'malformed JSON': { behave: say('{"blocks":['), code: 'SEQUENCER_BAD_RESPONSE' },
  'bytes that are no text': {
    behave: (_, response) => void response.writeHead(200).end(Buffer.from([0xff, 0xfe, 0x80])),
    code: 'SEQUENCER_BAD_RESPONSE',
  },
  'a million brackets': { behave: say('['.repeat(1_000_000)), code: 'SEQUENCER_BAD_RESPONSE' },
  'no fields': { behave: say('{}'), code: 'SEQUENCER_BAD_RESPONSE' },
  'another type': { behave: say('[null,7,"0x"]'), code: 'SEQUENCER_BAD_RESPONSE' },
  'a refusal without a reason': { behave: say('{}', 418), code: 'SEQUENCER_BAD_RESPONSE' },
  'a redirection': {
    behave: (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    code: /SEQUENCER_(UNREACHABLE|BAD_RESPONSE)/,
  },
  'blocks of wrong types': {
    behave: range((copy) => (copy.blocks[0]!.payload = { length: 3 })),
    code: 'SEQUENCER_BAD_RESPONSE',
  },
  'a truncated payload': {
    behave: range((copy) => (copy.blocks[0]!.payload = `${copy.blocks[0]!.payload}`.slice(0, -1))),
    code: 'SEQUENCER_BAD_RESPONSE',
  },
  'a payload without its end': {
    behave: range((copy) => (copy.blocks[0]!.payload = `${copy.blocks[0]!.payload}`.slice(0, -2))),
    code: 'LANE_TIP_MISMATCH',
  },
  'huge numbers': {
    behave: range((copy) => (copy.certified.header.height = '9'.repeat(10_000))),
    code: 'SEQUENCER_BAD_RESPONSE',
  },
  'numbers that are none': {
    behave: range((copy) => (copy.certified.header.height = 1.5)),
    code: 'SEQUENCER_BAD_RESPONSE',
  },
  'another chain': {
    behave: range((copy) => (copy.certified.header.setId = `0x${'ab'.repeat(32)}`)),
    code: 'WRONG_SET',
  },
  'an epoch that nobody knows': {
    behave: range((copy) => (copy.certified.header.epoch = '77')),
    code: 'L1_UNKNOWN_EPOCH',
  },
  'a header from the future': {
    behave: range((copy) => (copy.certified.header.height = '4000000000')),
    code: 'BAD_SIGNATURE',
  },
  'a lane height from the future': {
    behave: range((copy) => (copy.laneProof.laneHeight = '4000000000')),
    code: 'SEQUENCER_BAD_RESPONSE',
  },
  'a proof of another tip': {
    behave: range((copy) => (copy.laneProof.laneTip = old.laneProof.laneTip)),
    code: 'LANE_NOT_PROVEN',
  },
  'old blocks again': {
    behave: range(
      () => {},
      () => old,
    ),
    code: /RANGE|SEQUENCER_BAD_RESPONSE/,
  },
}

it.each(Object.keys(lies))('a server that answers with %s moves nothing', async (name) => {
  const { behave, code } = lies[name]!
  const { heads } = await nodeStatus(devnet())
  server.behave = behave
  server.reset()
  const seen = await until(`the code ${code}`, 20_000, async () => {
    const { alarms } = await nodeStatus(devnet())
    const codes = alarms.map(
      ({ code, details }) => details.code ?? code.replace('sequencer-unreachable', 'SEQUENCER_UNREACHABLE'),
    )
    const match = codes.find((each) => (typeof code === 'string' ? each === code : code.test(String(each))))
    // An earlier lie may have had the same effect: this one must have been told.
    return match !== undefined && server.asked('/blocks') > 1 ? match : undefined
  })
  expect(seen).toMatch(code)
  expect((await nodeStatus(devnet())).heads.latest).toEqual(heads.latest)
  expect(rpc.running()).toBe(true)
})

it('reads no more than it can hold', async () => {
  const before = memory()
  const chunk = Buffer.alloc(MIB, '[')
  server.poured = 0
  server.reset()
  server.behave = (_, response) => endless(server, response, chunk)
  await until('three endless answers', 60_000, async () => (server.asked('/blocks') > 3 ? true : undefined))
  // The client stops at 32 MiB of a range; sockets buffer more of it, the more the busier the machine is.
  expect(server.poured).toBeGreaterThan(30 * MIB)
  expect(server.poured).toBeLessThan(64 * MIB)
  expect(memory() - before).toBeLessThan(400)
  expect(rpc.running()).toBe(true)
})

it.each([
  ['hangs', () => {}],
  ['drips', (_: string, response: Parameters<Hostility>[1]) => drip(response, JSON.stringify(next))],
])('a server that %s is absent, and clients hear so', async (_, behave) => {
  server.behave = behave
  await alarmRaised(devnet(), 'sequencer-unreachable')
  await nodeMode(devnet(), 'l1-only')
  const raw = rawBy(USER, lane(), { nonce: 1n, value: 9n })
  const hex = `0x${Buffer.from(raw).toString('hex')}` as const
  await expect(rollupCall(devnet().urls.rpc, 'eth_sendRawTransaction', hex)).rejects.toThrow('sequencer halted')
  expect(await rollupCall(devnet().urls.rpc, 'rollup_getTransactionStage', keccak256(hex))).toEqual({
    stage: 'unknown',
  })
})

it('follows the honest sequencer again, and kept what it refused as evidence', async () => {
  const net = devnet()
  await server.close()
  await net.services.sequencer.start()
  await nodeWell(net)
  const { l2Wallet, l2Public, account } = clients()
  const hash = await l2Wallet.sendTransaction({ to: account.address, value: 1n })
  expect((await l2Public.waitForTransactionReceipt({ hash })).status).toBe('success')
  expect(await rpc.stop()).toBe(0)
  const codes = storedEvidence(net, 'rpc').map(({ first }) => (first as { code: string }).code)
  expect(codes).toEqual(
    expect.arrayContaining(['LANE_TIP_MISMATCH', 'LANE_NOT_PROVEN', 'WRONG_SET', 'L1_UNKNOWN_EPOCH', 'BAD_SIGNATURE']),
  )
})
