import { inboxAbi, portalAbi } from '@crema/l1'
import { headerHash, limits } from '@crema/protocol'
import { testAddress } from '@crema/testing'
import { describe, expect, it } from 'vitest'
import { posterOf, sequencerOf } from '../support/posting.ts'
import { lane, type Rollup, rollup, verifyOnL1 } from '../support/rollup.ts'
import { eventually, ordered } from '../support/running.ts'
import { transfer } from '../support/transactions.ts'

type Sequencer = Awaited<ReturnType<typeof sequencerOf>>

/** Orders `count` transactions, each in a block of its own. */
async function order({ client }: Sequencer, count: number, from = 0, size = 0) {
  for (let i = from; i < from + count; i++) {
    await ordered(client, lane, await client.submit(lane, transfer({ nonce: BigInt(i), size })))
  }
}

/** Resolves once the Inbox stands where the sequencer's lane stands. */
const caughtUp = (chain: Rollup, { sequencer }: Sequencer) =>
  eventually(async () => {
    const position = sequencer.chain.state.lanes.get(lane)!
    const [tip, height] = await chain.position()
    return tip === position.laneTip && height === position.laneHeight ? height : undefined
  }, 30_000)

const inboxEvents = (chain: Rollup) => ({ address: chain.inbox, abi: inboxAbi, fromBlock: 0n }) as const

describe('the batch poster', () => {
  it('brings every block into the real Inbox, under certificates that the real registry accepts', async () => {
    const chain = await rollup()
    const sequencer = await sequencerOf(chain)
    await posterOf(chain, sequencer.url, 1)
    await order(sequencer, 8)
    await order(sequencer, 4, 8, 60_000)
    expect(await caughtUp(chain, sequencer)).toBe(12n)
    expect(await chain.leaves()).toBe(12n)
    const [, origin] = await chain.lastLeaf()
    expect(origin.number).toBeGreaterThan(chain.genesisOrigin.number)
    for (let height = 1n; height <= 12n; height++) {
      const { header, certificate } = (await sequencer.client.certifiedHeader(height))!
      await verifyOnL1(chain.l1, chain.registry, [chain.setId, 0n, height, headerHash(header), certificate])
    }
    const { header, certificate } = (await sequencer.client.certifiedHeader(1n))!
    await expect(
      verifyOnL1(chain.l1, chain.registry, [chain.setId, 0n, 2n, headerHash(header), certificate]),
    ).rejects.toThrowError('BadSignature')
  })

  it('posts certified blocks with every bad content: the lane lives on', async () => {
    const chain = await rollup()
    const sequencer = await sequencerOf(chain)
    await posterOf(chain, sequencer.url, 1)
    const bad = [
      { origin: 'unknown' },
      { origin: 'future' },
      { origin: 'backwards' },
      { payload: 'oversized' },
      { payload: 'malformed' },
      { timestamp: 'backwards' },
      { timestamp: 'future' },
      { admitAnything: true },
    ] as const
    let nonce = 0
    for (const faults of bad) {
      sequencer.faults.set(faults)
      await order(sequencer, 1, nonce++)
    }
    sequencer.faults.set({})
    await order(sequencer, 1, nonce++)
    expect(await caughtUp(chain, sequencer)).toBe(BigInt(nonce))
    const [timestamp] = await chain.lastLeaf()
    expect(Number(timestamp)).toBeLessThan(Date.now() / 1_000 + 120)
  })

  it('posts the largest lane blocks there can be in one L1 transaction each', async () => {
    const chain = await rollup()
    // A block was made just now: a busy machine too has taken all in before the next is due.
    const sequencer = await sequencerOf(chain, 8_000)
    await posterOf(chain, sequencer.url, 1)
    const { api, chain: made } = sequencer.sequencer
    await api.submit(lane, transfer({ nonce: 0n }))
    await eventually(() => made.state.height > 0n || undefined, 30_000)
    sequencer.faults.set({ admitAnything: true })
    for (let i = 0; i < limits.maxEntries; i++) {
      const raw = new Uint8Array(24).fill(0xfe)
      new DataView(raw.buffer).setUint32(0, i)
      await api.submit(lane, raw)
    }
    await api.submit(lane, new Uint8Array(limits.maxPayloadSize - 4).fill(0xfd))
    const all = 1 + limits.maxEntries + 1
    const { logs, counts } = await eventually(async () => {
      const logs = await chain.l1.getContractEvents({ ...inboxEvents(chain), eventName: 'LeafAppended' })
      const counts = logs.map(({ args }) => Number(args.leaf!.txCount))
      return counts.reduce((sum, count) => sum + count, 0) >= all ? { logs, counts } : undefined
    }, 60_000)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all)
    expect(Math.max(...counts)).toBeGreaterThan(3_000)
    for (const { transactionHash } of logs) {
      const { gasUsed } = await chain.l1.getTransactionReceipt({ hash: transactionHash })
      expect(gasUsed).toBeLessThan(2n ** 24n)
    }
  })

  it('catches up on many blocks, with a new origin each, in few transactions that L1 can hold', async () => {
    const chain = await rollup({ intervalMs: 40 })
    const sequencer = await sequencerOf(chain, 0)
    for (let i = 0; i < 150; i++) {
      await order(sequencer, 1, i)
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
    await posterOf(chain, sequencer.url, 1)
    expect(await caughtUp(chain, sequencer)).toBe(150n)
    const logs = await chain.l1.getContractEvents({ ...inboxEvents(chain), eventName: 'BatchAppended' })
    expect(logs.length).toBeLessThanOrEqual(5)
    for (const { transactionHash } of logs) {
      const { gasUsed } = await chain.l1.getTransactionReceipt({ hash: transactionHash })
      expect(gasUsed).toBeLessThan(2n ** 23n)
    }
  })

  it('races with another poster, starts late, and survives the loss of the sequencer', async () => {
    const chain = await rollup()
    const sequencer = await sequencerOf(chain)
    await order(sequencer, 5)
    const one = await posterOf(chain, sequencer.url, 1)
    const other = await posterOf(chain, sequencer.url, 2)
    await order(sequencer, 20, 5)
    await caughtUp(chain, sequencer)
    sequencer.switches.set({ stop: 'refuse' })
    await eventually(() => one.poster.status().trouble)
    sequencer.switches.set({ tamper: true })
    await order(sequencer, 1, 25)
    await eventually(() => other.poster.status().trouble?.includes('chain') || undefined)
    sequencer.switches.set({})
    expect(await caughtUp(chain, sequencer)).toBe(26n)
    expect(await chain.leaves()).toBe(26n)
  })

  it('asks for a block when deposits wait, which then carries them', async () => {
    const chain = await rollup()
    const sequencer = await sequencerOf(chain)
    await posterOf(chain, sequencer.url, 1)
    await chain.deployer.writeContract({
      address: chain.portal,
      abi: portalAbi,
      functionName: 'depositTransaction',
      args: [testAddress(5), 1n, 100_000n, false, '0x'],
      value: 1n,
      chain: null,
    })
    await eventually(async () => ((await chain.lastLeaf())[2] === 1n ? true : undefined), 15_000)
    expect(sequencer.sequencer.chain.state.height).toBeLessThanOrEqual(3n)
  })

  it('alarms when a deposit has waited for half the force delay', async () => {
    const chain = await rollup()
    const sequencer = await sequencerOf(chain)
    sequencer.switches.set({ stop: 'refuse' })
    const { poster } = await posterOf(chain, sequencer.url, 1)
    await chain.deployer.writeContract({
      address: chain.portal,
      abi: portalAbi,
      functionName: 'depositTransaction',
      args: [testAddress(5), 0n, 100_000n, false, '0x'],
      chain: null,
    })
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(poster.status().depositsOverdue).toBe(false)
    await chain.rpc('evm_increaseTime', 31)
    await eventually(() => poster.status().depositsOverdue || undefined)
  })

  it('posts again what an L1 reorg took out', async () => {
    const chain = await rollup({ intervalMs: 300 })
    const sequencer = await sequencerOf(chain)
    await posterOf(chain, sequencer.url, 1)
    await order(sequencer, 3)
    await caughtUp(chain, sequencer)
    const before = await chain.l1.getBlockNumber()
    await order(sequencer, 3, 3)
    await caughtUp(chain, sequencer)
    const depth = Number((await chain.l1.getBlockNumber()) - before) + 1
    chain.mining(false)
    await chain.rpc('anvil_reorg', depth, [])
    expect((await chain.position())[1]).toBeLessThanOrEqual(3n)
    chain.mining(true)
    await order(sequencer, 1, 6)
    expect(await caughtUp(chain, sequencer)).toBe(7n)
    expect(await chain.leaves()).toBe(7n)
  })

  it('waits while its account is empty and goes on when it is not', async () => {
    const chain = await rollup()
    const sequencer = await sequencerOf(chain)
    const account = testAddress(1)
    await chain.rpc('anvil_setBalance', account, '0x0')
    const { events } = await posterOf(chain, sequencer.url, 1)
    await order(sequencer, 2)
    await eventually(() => events.find(({ type }) => type === 'out-of-funds'), 15_000)
    expect((await chain.position())[1]).toBe(0n)
    await chain.rpc('anvil_setBalance', account, `0x${(10n ** 20n).toString(16)}`)
    await order(sequencer, 1, 2)
    expect(await caughtUp(chain, sequencer)).toBe(3n)
  })

  it('posts smaller batches when the fee limit stops one, says so, and forgets what is in', async () => {
    const chain = await rollup()
    const sequencer = await sequencerOf(chain)
    await order(sequencer, 12, 0, 10_000)
    const maxCostWei = 3n * 10n ** 15n
    const { poster, events } = await posterOf(chain, sequencer.url, 1, { maxCostWei, feePatienceMs: 300 })
    await eventually(() => poster.status().feeLimited || undefined, 15_000)
    expect(await caughtUp(chain, sequencer)).toBe(12n)
    expect(events.some(({ type }) => type === 'fee-limit')).toBe(true)
    const batches = await chain.l1.getContractEvents({ ...inboxEvents(chain), eventName: 'BatchAppended' })
    expect(batches.length).toBeGreaterThan(2)
    for (const { transactionHash } of batches) {
      const { gas, maxFeePerGas } = await chain.l1.getTransaction({ hash: transactionHash })
      expect(gas * maxFeePerGas!).toBeLessThanOrEqual(maxCostWei)
    }
    await eventually(() => (poster.status().feeLimited ? undefined : true))
    await eventually(() => (poster.status().settledBatches === 0 ? true : undefined), 10_000)
  })

  it('gets through when fees jump above what its transaction offers', async () => {
    const chain = await rollup()
    const sequencer = await sequencerOf(chain)
    chain.mining(false)
    await chain.rpc('evm_setAutomine', false)
    const { events } = await posterOf(chain, sequencer.url, 1)
    await order(sequencer, 2)
    await eventually(() => events.find(({ type }) => type === 'published'), 10_000)
    await chain.rpc('anvil_setNextBlockBaseFeePerGas', `0x${(80n * 10n ** 9n).toString(16)}`)
    await chain.rpc('evm_mine')
    expect((await chain.position())[1]).toBe(0n)
    chain.mining(true)
    expect(await caughtUp(chain, sequencer)).toBe(2n)
    expect(events.some((event) => event.type === 'signed' && event.bump)).toBe(true)
  })
})
