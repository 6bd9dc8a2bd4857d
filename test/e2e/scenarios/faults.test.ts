import type { JsonValue } from '@crema/chain-store'
import { readCommitteeEpoch } from '@crema/l1'
import { headerHash, verifyCertificate } from '@crema/protocol'
import { parseCertifiedHeader } from '@crema/sequencer-client'
import { expect, it } from 'vitest'
import { createClients } from '../support/clients.ts'
import { type Faults, setFaults } from '../support/faults.ts'
import { alarmRaised, nodeMode, nodeStatus, nodeWell } from '../support/node-status.ts'
import { nodeReport, restingHeads } from '../support/resting-heads.ts'
import { useDevnet } from '../support/scenario.ts'
import { rawBy, submitRaw } from '../support/send-raw.ts'
import { serviceLog } from '../support/service-log.ts'
import { serviceStatus } from '../support/service-status.ts'
import { storedChain, storedEvidence, syncFromL1 } from '../support/sync-from-l1.ts'
import { until } from '../support/until.ts'

const devnet = useDevnet({ parameters: { blockTimeMs: 200 }, services: ['sequencer', 'poster', 'rpc', 'challenger'] })
const NODES = ['rpc', 'challenger'] as const
const USER = 5

let nonce = 0n
/** Has the sequencer order a transfer of its own accord: the RPC is not asked. */
function order() {
  return submitRaw(devnet(), rawBy(USER, devnet().config.l2.chainId, { nonce: nonce++, value: 1n }))
}

const lies: readonly { readonly faults: Faults; readonly code: string }[] = [
  { faults: { forge: 'signature' }, code: 'BAD_SIGNATURE' },
  { faults: { forge: 'outsider' }, code: 'BAD_SIGNATURE' },
  { faults: { forge: 'quorum' }, code: 'QUORUM_NOT_REACHED' },
  { faults: { tamper: true }, code: 'LANE_TIP_MISMATCH' },
  { faults: { withhold: true }, code: 'WITHHELD' },
]

it.each(lies)('refuses $faults, stays on its head, serves on, and recovers', async ({ faults, code }) => {
  const net = devnet()
  const { l2Public, account } = createClients(net, USER)
  const first = await order()
  await l2Public.waitForTransactionReceipt({ hash: first })
  const good = await l2Public.getBlock()

  await setFaults(net, faults)
  const hash = await order()
  const alarm = await alarmRaised(net, 'sequencer-refused')
  expect(alarm.details).toMatchObject({ code })
  // The poster takes nothing of it either.
  if (faults.withhold !== true) {
    await until('the poster to refuse it', 10_000, async () =>
      (await serviceStatus<{ trouble?: string }>(net, 'poster')).trouble === undefined ? undefined : true,
    )
  }
  expect(await l2Public.getBlock()).toEqual(good)
  await expect(l2Public.getTransactionReceipt({ hash })).rejects.toThrow('could not be found')
  expect(await l2Public.getTransactionCount({ address: account.address })).toBe(Number(nonce) - 1)

  await setFaults(net, {})
  expect((await l2Public.waitForTransactionReceipt({ hash, timeout: 15_000 })).status).toBe('success')
  expect((await nodeWell(net)).mode).toBe('live')
})

it('stands still after two certificates for one height until L1 has decided', async () => {
  const net = devnet()
  const { l2Public } = createClients(net, USER)
  await net.services.poster.stop()
  await setFaults(net, { equivocate: true })
  const ordered = [await order()]
  // Every second answer is the rival's, whoever asks: sooner or later each node is served both branches.
  await until('both nodes to notice', 60_000, async () => {
    const nodes = await Promise.all(NODES.map((name) => nodeReport(net, name)))
    if (nodes.every(({ mode }) => mode === 'frozen')) return true
    ordered.push(await order())
    return undefined
  })
  await alarmRaised(net, 'sequencer-equivocated')
  const frozen = await l2Public.getBlock()
  ordered.push(await order())
  // A restart forgets nothing that matters: it notices again.
  await net.services.rpc.kill()
  await net.services.rpc.start()
  await nodeMode(net, 'frozen')
  expect((await l2Public.getBlock()).hash).toBe(frozen.hash)

  await setFaults(net, {})
  expect((await nodeStatus(net)).mode).toBe('frozen')
  await net.services.poster.start()
  await nodeWell(net)
  for (const hash of ordered) {
    expect((await l2Public.waitForTransactionReceipt({ hash, timeout: 20_000 })).status).toBe('success')
  }
})

it('nodes kept what convicts, and agree with a node that knows L1 alone', async () => {
  const net = devnet()
  const { latest } = await restingHeads(net, NODES)
  await Promise.all([net.services.sequencer.stop(), net.services.poster.stop()])
  expect(await Promise.all(NODES.map((name) => net.services[name].stop()))).toEqual([0, 0])
  const fresh = await syncFromL1(net, latest.number)
  for (const name of NODES) expect(storedChain(net, name), name).toEqual(fresh)

  const evidence = storedEvidence(net, 'rpc')
  const equivocated = evidence
    .filter(({ kind }) => kind === 'equivocation')
    .map(({ sequencerHeight }) => sequencerHeight!)
  const split = equivocated.reduce((least, height) => (height < least ? height : least))
  const refused = evidence.filter(({ kind }) => kind === 'sequencer-refused')
  const codesOf = (some: typeof refused) =>
    [...new Set(some.map(({ first }) => (first as { code: string }).code))].sort()
  const told = [...new Set(lies.map(({ code }) => code))].filter((code) => code !== 'WITHHELD').sort()
  expect(codesOf(refused.filter(({ sequencerHeight }) => sequencerHeight! < split))).toEqual(told)
  // From there on the other branch is served too, which does not continue the node's: by its hash, or by its heights.
  const branches = codesOf(refused.filter(({ sequencerHeight }) => sequencerHeight! >= split))
  expect(['LANE_TIP_MISMATCH', 'RANGE_ORDER']).toEqual(expect.arrayContaining(branches))
  for (const { second, sequencerHeight } of refused) expect(headerOf(second).height).toBe(sequencerHeight)

  const epoch = await readCommitteeEpoch(
    net.anvil.client,
    net.config.l1Contracts.committeeRegistry,
    net.config.setId,
    0n,
  )
  const domain = { chainId: net.config.l1ChainId, registry: net.config.l1Contracts.committeeRegistry }
  const certified = (value: JsonValue) => {
    const parsed = parseCertifiedHeader(value, 'evidence')
    verifyCertificate(parsed.header, parsed.certificate, epoch, domain)
    return parsed.header
  }
  const [withheld] = evidence.filter(({ kind }) => kind === 'withheld')
  const shown = withheld!.second as { certified: JsonValue; laneProof: { laneHeight: string } }
  expect(certified(shown.certified).height).toBe(withheld!.sequencerHeight)
  expect(BigInt(shown.laneProof.laneHeight)).toBeGreaterThanOrEqual(withheld!.laneHeight!)

  const equivocations = NODES.flatMap((name) => storedEvidence(net, name)).filter(({ kind }) => kind === 'equivocation')
  expect(equivocations.length).toBeGreaterThanOrEqual(NODES.length)
  for (const { first, second, sequencerHeight } of equivocations) {
    const headers = [certified(first), certified(second)]
    expect(headers.map(({ height }) => height)).toEqual([sequencerHeight, sequencerHeight])
    expect(headerHash(headers[0]!)).not.toBe(headerHash(headers[1]!))
  }
  // The node had executed the branch that L1 did not take: both sides are kept.
  expect(evidence.filter(({ kind }) => kind === 'l1-contradicts-sequencer')).toHaveLength(1)
  const raised = new Set(serviceLog(net, 'rpc').map(({ alarm }) => alarm))
  for (const code of ['sequencer-refused', 'sequencer-equivocated', 'l1-contradicts-sequencer']) {
    expect(raised).toContain(code)
  }
})

const headerOf = (value: JsonValue) => parseCertifiedHeader(value, 'evidence').header
