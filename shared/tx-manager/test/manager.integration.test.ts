import { createMetrics } from '@crema/service-kit'
import { encodeErrorResult, toFunctionSelector } from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTxMetrics } from '../src/index.ts'
import { type Anvil, clientOf, startAnvil } from './anvil.ts'
import { counter, countOf, ether, gwei, notAllowedAbi, placeContracts, reverter, startManager, until } from './setup.ts'

let anvil: Anvil
beforeAll(async () => {
  anvil = await startAnvil()
  await placeContracts(anvil, toFunctionSelector('NotAllowed(uint256)'))
})
afterAll(() => anvil.stop())
beforeEach(async () => {
  await anvil.rpc('evm_setAutomine', true)
  await anvil.rpc('anvil_setNextBlockBaseFeePerGas', '0x3b9aca00')
  await anvil.mine()
})

/** Mines a block now and then until a promise settles. */
async function mining<T>(promise: Promise<T>): Promise<T> {
  let settled = false
  const done = promise.finally(() => {
    settled = true
  })
  done.catch(() => {})
  while (!settled) {
    await anvil.mine()
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  return done
}
const call = (key: string) => ({ key, to: counter })

describe('sending', () => {
  it('mines an intent once and gives the same outcome for its key ever after', async () => {
    const { manager, close, ofType, path, privateKey } = await startManager(anvil)
    const before = await countOf(anvil)
    const [first, second] = await mining(Promise.all([manager.send(call('a')), manager.send(call('a'))]))
    expect(first).toMatchObject({ kind: 'transaction', hash: expect.stringMatching(/^0x/) })
    expect(second).toEqual(first)
    expect(await manager.send(call('a'))).toEqual(first)
    expect(ofType('signed')).toHaveLength(1)
    await close()
    const again = await startManager(anvil, { path, privateKey })
    expect(await again.manager.send(call('a'))).toEqual(first)
    await again.close()
    expect(await countOf(anvil)).toBe(before + 1)
  })

  it('keeps the order of the queue and pipelines nonces', async () => {
    const { manager, close, ofType } = await startManager(anvil)
    const keys = Array.from({ length: 20 }, (_, i) => `k${i}`)
    const before = await countOf(anvil)
    await mining(Promise.all(keys.map((key) => manager.send(call(key)))))
    expect(ofType('signed').map(({ key, nonce }) => [key, nonce])).toEqual(keys.map((key, i) => [key, i]))
    expect(await countOf(anvil)).toBe(before + 20)
    const status = await manager.status()
    expect(status).toMatchObject({ account: { latestNonce: 20, pendingNonce: 20 }, pending: [], bumps: 0 })
    expect(status.account!.balanceWei + status.feesSpentWei).toBe(100n * ether)
    await close()
  })

  it('refuses a key that stands for another call, bad intents and a second manager', async () => {
    const { manager, close, privateKey } = await startManager(anvil)
    await mining(manager.send(call('a')))
    await expect(manager.send({ ...call('a'), valueWei: 1n })).rejects.toMatchObject({ code: 'tx.key-conflict' })
    await expect(manager.send({ ...call('b'), to: '0x12' })).rejects.toMatchObject({ code: 'tx.bad-intent' })
    await expect(manager.send({ ...call('b'), data: '0x1' })).rejects.toMatchObject({ code: 'tx.bad-intent' })
    await expect(startManager(anvil, { privateKey })).rejects.toMatchObject({ code: 'tx.sender-busy' })
    await close()
  })

  it('asks isDone first and sends nothing when the aim is reached', async () => {
    const { manager, close, ofType } = await startManager(anvil)
    expect(await manager.send({ ...call('a'), isDone: async () => true })).toEqual({
      kind: 'already-done',
      reverted: null,
    })
    expect(await manager.send(call('a'))).toEqual({ kind: 'already-done', reverted: null })
    expect(ofType('signed')).toHaveLength(0)
    await close()
  })
})

describe('reverts', () => {
  const data = encodeErrorResult({ abi: notAllowedAbi, args: [42n] })

  it('fails for good at the estimate with the decoded error, without using a nonce', async () => {
    const { manager, close, path, privateKey } = await startManager(anvil)
    const expected = {
      code: 'tx.reverted',
      retryable: false,
      details: { phase: 'estimate', data, errorName: 'NotAllowed', args: [42n], reason: 'NotAllowed(42)' },
    }
    await expect(manager.send({ key: 'r', to: reverter, abi: notAllowedAbi })).rejects.toMatchObject(expected)
    expect((await manager.status()).account!.pendingNonce).toBe(0)
    await close()
    const again = await startManager(anvil, { path, privateKey })
    await expect(again.manager.send({ key: 'r', to: reverter })).rejects.toMatchObject(expected)
    await again.close()
  })

  it('fails with the data when it reverts on the chain', async () => {
    const { manager, close } = await startManager(anvil)
    const sent = manager.send({ key: 'r', to: reverter, abi: notAllowedAbi, gasLimit: 100_000n })
    await expect(mining(sent)).rejects.toMatchObject({
      code: 'tx.reverted',
      details: { phase: 'execution', data, errorName: 'NotAllowed' },
    })
    const { account, feesSpentWei } = await manager.status()
    expect(account!.latestNonce).toBe(1)
    expect(account!.balanceWei + feesSpentWei).toBe(100n * ether)
    await close()
  })

  it('takes a revert for success when the aim turns out reached', async () => {
    const { manager, close } = await startManager(anvil)
    let asked = 0
    const isDone = async () => ++asked > 1
    expect(await manager.send({ key: 'r', to: reverter, isDone })).toEqual({ kind: 'already-done', reverted: null })
    await close()
  })

  it('counts the fee of a transaction that came too late and reverted', async () => {
    const metrics = createMetrics('test')
    const { manager, signer, close, ofType } = await startManager(anvil, { metrics: createTxMetrics(metrics) })
    const isDone = async () => ofType('published').length > 0
    const receipt = await mining(manager.send({ key: 'r', to: reverter, gasLimit: 100_000n, isDone }))
    const { hash } = ofType('signed')[0]!
    expect(receipt).toMatchObject({ kind: 'already-done', reverted: { hash } })
    const { gasUsed, effectiveGasPriceWei } = receipt.kind === 'already-done' ? receipt.reverted! : expect.fail()
    const feeWei = gasUsed * effectiveGasPriceWei
    expect(BigInt((await anvil.rpc('eth_getBalance', signer.address, 'latest')) as string)).toBe(100n * ether - feeWei)
    expect((await manager.status()).feesSpentWei).toBe(feeWei)
    const [, gwei] = /crema_tx_fees_gwei_total\{service="test"\} (\S+)/.exec(await metrics.text())!
    expect(Number(gwei)).toBeCloseTo(Number(feeWei) / 1e9, 3)
    expect(await manager.send({ key: 'r', to: reverter, gasLimit: 100_000n })).toEqual(receipt)
    await close()
  })
})

describe('fees', () => {
  it('bumps a transaction stuck under a risen base fee, by 10 % at least and to the market', async () => {
    await anvil.rpc('evm_setAutomine', false)
    const { manager, close, ofType } = await startManager(anvil)
    const sent = manager.send(call('a'))
    await until(() => ofType('published').length === 1)
    await anvil.rpc('anvil_setNextBlockBaseFeePerGas', `0x${(50n * gwei).toString(16)}`)
    await anvil.mine()
    expect(ofType('mined')).toHaveLength(0)
    const receipt = await mining(sent)
    const [first, ...bumps] = ofType('signed')
    expect(bumps.length).toBeGreaterThanOrEqual(1)
    for (const [i, bump] of bumps.entries()) {
      const before = [first!, ...bumps][i]!.fees
      expect(bump.fees.tipWei * 100n).toBeGreaterThanOrEqual(before.tipWei * 110n)
      expect(bump.fees.feeCapWei * 100n).toBeGreaterThanOrEqual(before.feeCapWei * 110n)
      expect(bump.nonce).toBe(0)
    }
    expect(bumps.at(-1)!.fees.feeCapWei).toBeGreaterThanOrEqual(50n * gwei)
    expect(receipt).toMatchObject({ kind: 'transaction', hash: bumps.at(-1)!.hash })
    expect((await manager.status()).bumps).toBe(bumps.length)
    await close()
  })

  it('alerts at a fee limit, keeps waiting, and goes on when the limit is raised', async () => {
    await anvil.rpc('evm_setAutomine', false)
    const { manager, close, ofType } = await startManager(anvil, { config: { maxFeeCapWei: 5n * gwei } })
    const sent = manager.send(call('a'))
    await until(() => ofType('published').length === 1)
    await anvil.rpc('anvil_setNextBlockBaseFeePerGas', `0x${(50n * gwei).toString(16)}`)
    await anvil.mine()
    await until(() => ofType('fee-limit').length >= 2)
    const { error } = ofType('fee-limit')[0]!
    expect(error).toMatchObject({
      code: 'tx.fee-limit',
      retryable: true,
      details: { limit: 'fee cap', limitWei: 5n * gwei },
    })
    expect(ofType('signed')).toHaveLength(1)
    manager.setLimits({ maxFeeCapWei: 500n * gwei })
    expect(await mining(sent)).toMatchObject({ kind: 'transaction' })
    await close()
  })

  it('tells that funds are missing and sends once they came', async () => {
    const { manager, signer, close, ofType } = await startManager(anvil, { balanceWei: 1n })
    const sent = manager.send({ ...call('a'), to: `0x${'11'.repeat(20)}`, valueWei: ether })
    await until(() => ofType('out-of-funds').length >= 2)
    const { error } = ofType('out-of-funds')[0]!
    expect(error).toMatchObject({ code: 'tx.out-of-funds', retryable: true, details: { address: signer.address } })
    await anvil.fund(signer.address, 2n * ether)
    expect(await mining(sent)).toMatchObject({ kind: 'transaction' })
    await close()
  })
})

describe('the chain turns against us', () => {
  it('publishes again when its block is reorged out', async () => {
    await anvil.rpc('evm_setAutomine', false)
    const { manager, close, ofType } = await startManager(anvil, { config: { confirmations: 4, resubmitMs: 60_000 } })
    const before = await countOf(anvil)
    const sent = manager.send(call('a'))
    await until(() => ofType('published').length === 1)
    const snapshot = await anvil.rpc('evm_snapshot')
    await anvil.mine(2)
    await until(() => ofType('mined').length === 1)
    await anvil.rpc('evm_revert', snapshot)
    const { hash } = ofType('signed')[0]!
    await anvil.rpc('anvil_dropTransaction', hash)
    await until(() => ofType('reorged').length === 1)
    expect(await mining(sent)).toMatchObject({ kind: 'transaction', hash })
    expect(ofType('published').length).toBeGreaterThanOrEqual(2)
    expect(ofType('signed')).toHaveLength(1)
    expect(await countOf(anvil)).toBe(before + 1)
    await close()
  })

  it('follows a transaction that a reorg moves to another block', async () => {
    await anvil.rpc('evm_setAutomine', false)
    const { manager, close, ofType, store } = await startManager(anvil, {
      config: { confirmations: 6, resubmitMs: 60_000 },
    })
    const sent = manager.send(call('a'))
    await until(() => ofType('published').length === 1)
    const snapshot = await anvil.rpc('evm_snapshot')
    await anvil.mine(3)
    await until(() => ofType('mined').length === 1)
    const firstBlock = store.get('a')!.receipt!.blockHash
    await anvil.rpc('evm_revert', snapshot)
    await anvil.rpc('evm_increaseTime', '0x64')
    const receipt = await mining(sent)
    expect(receipt).toMatchObject({ kind: 'transaction' })
    expect(receipt.kind === 'transaction' && receipt.blockHash).not.toBe(firstBlock)
    expect((await manager.status()).account!.latestNonce).toBe(1)
    await close()
  })

  it('publishes again what the pool dropped', async () => {
    await anvil.rpc('evm_setAutomine', false)
    const { manager, close, ofType } = await startManager(anvil, { config: { resubmitMs: 60_000 } })
    const sent = manager.send(call('a'))
    await until(() => ofType('published').length === 1)
    const { hash } = ofType('signed')[0]!
    await anvil.rpc('anvil_dropTransaction', hash)
    await until(() => ofType('published').length === 2)
    expect(await mining(sent)).toMatchObject({ hash })
    expect(ofType('signed')).toHaveLength(1)
    await close()
  })

  it('goes on through an outage of the node', async () => {
    const own = await startAnvil()
    const { manager, close, ofType } = await startManager(own)
    await until(async () => (await manager.status()).account !== null)
    await own.stop()
    const sent = manager.send(call('a'))
    sent.catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(ofType('failed')).toHaveLength(0)
    expect(await manager.status()).toMatchObject({ account: null, pending: [{ key: 'a', state: 'queued' }] })
    expect(ofType('step-failed').length + ofType('refused').length).toBeLessThan(20)
    await close()
    await expect(sent).rejects.toMatchObject({ code: 'tx.manager-closed', retryable: true })
  })
})

describe('several endpoints', () => {
  const dead = clientOf('http://127.0.0.1:9')
  it('is satisfied when one of them takes the transaction', async () => {
    const { manager, close, ofType } = await startManager(anvil, { clients: [clientOf(anvil.url), dead] })
    expect(await mining(manager.send(call('a')))).toMatchObject({ kind: 'transaction' })
    expect(ofType('refused')).toHaveLength(0)
    await close()
  })
  it('tells what the ones that answer say, and figures to the metrics', async () => {
    await anvil.rpc('evm_setAutomine', false)
    const metrics = createMetrics('test')
    const { manager, signer, close, ofType } = await startManager(anvil, {
      clients: [clientOf(anvil.url), dead],
      metrics: createTxMetrics(metrics),
      config: { resubmitMs: 60_000 },
    })
    const rich = { chainId: 31337, nonce: 0, to: counter, data: '0x', valueWei: 0n, gasLimit: 100_000n } as const
    const sent = manager.send(call('a'))
    await until(() => ofType('published').length === 1)
    // The same key outbids ours from elsewhere; ours is dropped, and is refused when it is published again.
    await anvil.rpc('eth_sendRawTransaction', await signer.sign({ ...rich, tipWei: 5n * gwei, feeCapWei: 50n * gwei }))
    await until(() => ofType('refused').some((event) => event.class === 'underpriced') && ofType('signed').length > 1)
    expect(await mining(sent)).toMatchObject({ kind: 'transaction' })
    const text = await metrics.text()
    expect(text).toMatch(/crema_tx_refused_total\{class="underpriced",service="test"\} \d/)
    expect(text).toMatch(/crema_tx_bumps_total\{service="test"\} [1-9]/)
    expect(text).toMatch(/crema_tx_confirmed_seconds_count\{service="test"\} 1/)
    expect(text).toMatch(/crema_tx_pending\{service="test"\} 0/)
    expect(text).toMatch(/crema_tx_fees_gwei_total\{service="test"\} [1-9]/)
    await close()
  })
})

describe('deadlines and cancelling', () => {
  it('gives up what was never signed', async () => {
    const { manager, close, ofType } = await startManager(anvil, { balanceWei: 1n })
    const sent = manager.send({ ...call('a'), deadlineMs: Date.now() + 300 })
    await expect(sent).rejects.toMatchObject({ code: 'tx.deadline-exceeded' })
    expect(ofType('signed')).toHaveLength(0)
    await close()
  })

  it('replaces a signed transaction past its deadline by an empty one', async () => {
    await anvil.rpc('evm_setAutomine', false)
    const { manager, close, store } = await startManager(anvil)
    const before = await countOf(anvil)
    const sent = manager.send({ ...call('a'), deadlineMs: Date.now() + 2_000 })
    sent.catch(() => {})
    await until(() => store.get('a')?.attempts.some(({ purpose }) => purpose === 'cancel') ?? false)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await expect(mining(sent)).rejects.toMatchObject({ code: 'tx.deadline-exceeded' })
    expect(await countOf(anvil)).toBe(before)
    expect((await manager.status()).account!.latestNonce).toBe(1)
    await close()
  })

  it('cancels an intent by its nonce', async () => {
    await anvil.rpc('evm_setAutomine', false)
    const { manager, close, ofType } = await startManager(anvil)
    const sent = manager.send(call('a'))
    sent.catch(() => {})
    await until(() => ofType('published').length === 1)
    const cancelled = manager.cancel(0)
    await until(() => ofType('published').length === 2)
    await mining(cancelled)
    await expect(sent).rejects.toMatchObject({ code: 'tx.cancelled' })
    await expect(manager.cancel(0)).rejects.toMatchObject({ code: 'tx.nonce-used' })
    await close()
  })
})
