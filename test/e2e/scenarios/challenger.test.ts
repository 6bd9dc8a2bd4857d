import { assertionChainAbi, readChildren } from '@crema/l1'
import { type BlockState, type Hash, outputRoot } from '@crema/protocol'
import { testAccount } from '@crema/testing'
import { expect, it } from 'vitest'
import { inboxCount } from '../support/assertions.ts'
import { challengerReport, judgementOf, type ReportedJudgement } from '../support/challenger-status.ts'
import { createClients } from '../support/clients.ts'
import { mineWaiting, pauseL1, resumeL1 } from '../support/l1.ts'
import { rightState } from '../support/right-state.ts'
import { useDevnet } from '../support/scenario.ts'
import { sendAssertion } from '../support/send-assertion.ts'
import { serviceLog } from '../support/service-log.ts'
import { until } from '../support/until.ts'

const MINUTE = 60_000
const falseRoot: Hash = `0x${'ab'.repeat(32)}`
const devnet = useDevnet({
  parameters: { blockTimeMs: 300, challengePeriod: 600n },
  services: ['sequencer', 'poster', 'challenger', 'rpc'],
})
const stranger = testAccount(10)

/** Waits until the challenger's judgement of an assertion is `verdict`; another final one fails at once. */
function judged(id: Hash, verdict: ReportedJudgement['verdict']): Promise<ReportedJudgement> {
  return until(`${id} to be judged ${verdict}`, MINUTE, async () => {
    const judgement = await judgementOf(devnet(), id)
    if (judgement === undefined || judgement.verdict === verdict) return judgement
    if (judgement.verdict !== 'unknown') throw new Error(JSON.stringify(judgement))
    return undefined
  })
}

/** Transfers until the Inbox holds another leaf that the RPC has executed and finalized; returns the count. */
async function moreLeaves(): Promise<bigint> {
  const clients = createClients(devnet(), 5)
  const hash = await clients.l2Wallet.sendTransaction({ to: clients.account.address, value: 1n })
  const { blockNumber } = await clients.l2Public.waitForTransactionReceipt({ hash })
  return until('the leaf to be final', MINUTE, async () => {
    const { number } = await clients.l2Public.getBlock({ blockTag: 'finalized' })
    return number >= blockNumber ? number - devnet().config.genesis.number : undefined
  })
}

/** Fixes the parent's target by its first child and returns the right child. */
const rightChild = async (startCount: bigint, targetCount: bigint): Promise<BlockState> => {
  const { genesis } = devnet().config
  return rightState(devnet(), createClients(devnet(), 5), genesis.number + startCount, genesis.number + targetCount)
}

let right: { id: Hash; count: bigint }

it('does not judge what L1 has not finalized, then agrees', async () => {
  const net = devnet()
  const clients = createClients(net, 5)
  const genesisId = await net.anvil.client.readContract({
    address: net.config.l1Contracts.assertionChain,
    abi: assertionChainAbi,
    functionName: 'genesisId',
  })
  await moreLeaves()
  const before = await inboxCount(net)
  await pauseL1(net)
  await clients.l2Wallet.sendTransaction({ to: clients.account.address, value: 1n })
  await mineWaiting(net, 1)
  const count = await inboxCount(net)
  expect(count).toBeGreaterThan(before)
  const end = await until('the leaf to be executed', MINUTE, async () => {
    const { number } = await clients.l2Public.getBlock()
    return number === net.config.genesis.number + count ? rightChild(0n, count) : undefined
  })
  const sending = sendAssertion(net, stranger, { parentId: genesisId, end })
  await mineWaiting(net, 1)
  right = { id: await sending, count }
  const unknown = await judged(right.id, 'unknown')
  expect(unknown).toMatchObject({ number: end.number.toString(), needs: end.number.toString() })
  expect(BigInt(unknown.head!)).toBeLessThan(end.number)
  // It stays unknown, look after look, as long as L1 has not finalized the leaf.
  const { checkedToL1Block } = await challengerReport(net)
  expect(BigInt(checkedToL1Block)).toBe((await net.anvil.client.getBlock()).number)

  await resumeL1(net)
  await judged(right.id, 'agree')
  expect((await challengerReport(net)).counts).toEqual({ agree: 1, disagree: 0, unknown: 0, orphan: 0 })
})

it('reports a wrong state, a wrong end and what stands on them, and agrees with what is right', async () => {
  const net = devnet()
  const count = await moreLeaves()
  await moreLeaves()
  const truth = await rightState(
    net,
    createClients(net, 5),
    net.config.genesis.number + right.count,
    net.config.genesis.number + (await inboxCount(net)),
  )
  const wrong = { ...truth, stateRoot: falseRoot, blockHash: falseRoot }
  const wrongId = await sendAssertion(net, stranger, { parentId: right.id, end: wrong })
  const { targetCount } = await readChildren(net.anvil.client, net.config.l1Contracts.assertionChain, right.id)
  expect(targetCount).toBe(truth.inboxCount)

  const evidence = {
    verdict: 'disagree',
    reason: 'wrong-state',
    parentId: right.id,
    proposer: stranger.address.toLowerCase(),
    rival: false,
    number: truth.number.toString(),
    firstDifferingBlock: truth.number.toString(),
    ownStateRoot: truth.stateRoot,
    assertedStateRoot: falseRoot,
    ownBlockHash: truth.blockHash,
    assertedBlockHash: falseRoot,
    ownOutputRoot: outputRoot(truth),
    assertedOutputRoot: outputRoot(wrong),
  }
  expect(await judged(wrongId, 'disagree')).toMatchObject(evidence)
  const [logged, ...more] = loggedDisagreements(wrongId)
  expect(more).toEqual([])
  expect({
    ...logged,
    number: `${logged?.number}`,
    firstDifferingBlock: `${logged?.firstDifferingBlock}`,
  }).toMatchObject(evidence)

  // Rivals of it: one ends a block early and lies about its gas, one is right.
  const startBlock = net.config.genesis.number + right.count
  const early = {
    ...(await rightState(net, createClients(net, 5), startBlock, net.config.genesis.number + count)),
    gasSinceAssertionStart: net.config.maxGasPerAssertion,
  }
  expect(early.number).toBeLessThan(truth.number)
  const segmentsRoot: Hash = `0x${'11'.repeat(32)}`
  const earlyId = await sendAssertion(net, stranger, { parentId: right.id, end: early, segmentsRoot })
  expect(await judged(earlyId, 'disagree')).toMatchObject({
    reason: 'wrong-end',
    rival: true,
    number: early.number.toString(),
    firstDifferingBlock: early.number.toString(),
    ownOutputRoot: outputRoot(truth),
    assertedOutputRoot: outputRoot(early),
  })
  const rightRivalId = await sendAssertion(net, testAccount(11), { parentId: right.id, end: truth, segmentsRoot })
  await judged(rightRivalId, 'agree')

  // Descendants of the wrong ones, however right in themselves, are orphans.
  await moreLeaves()
  const child = await rightChild(truth.inboxCount, await inboxCount(net))
  const orphanId = await sendAssertion(net, stranger, { parentId: wrongId, end: child })
  expect(await judged(orphanId, 'orphan')).toMatchObject({ wrongAncestor: wrongId })
  await moreLeaves()
  const grandchild = await rightChild(child.inboxCount, await inboxCount(net))
  const grandId = await sendAssertion(net, stranger, { parentId: orphanId, end: grandchild })
  expect(await judged(grandId, 'orphan')).toMatchObject({ wrongAncestor: wrongId })
  expect((await challengerReport(net)).counts).toEqual({ agree: 2, disagree: 2, unknown: 0, orphan: 2 })
})

it('disturbs nothing else, and says the same again after a restart', async () => {
  const net = devnet()
  const before = await challengerReport(net)
  const finalized = await moreLeaves()
  expect(finalized).toBe(await inboxCount(net))
  for (const name of ['sequencer', 'poster', 'challenger', 'rpc'] as const) {
    expect((await fetch(net.services[name].spec.readyUrl)).status, name).toBe(200)
  }
  await net.services.challenger.kill()
  await net.services.challenger.start()
  const after = await until('the same judgements', MINUTE, async () => {
    const { counts, judgements } = await challengerReport(net)
    return counts.agree + counts.disagree + counts.orphan === 6 ? judgements : undefined
  })
  expect(after).toEqual(before.judgements)
})

function loggedDisagreements(id: Hash) {
  return serviceLog(devnet(), 'challenger').filter(
    (line) => line.msg === 'disagrees with an assertion' && line.id === id,
  )
}
