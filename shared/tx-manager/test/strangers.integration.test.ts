import { openIntentStore } from '@crema/chain-store'
import { type Hex, toFunctionSelector } from 'viem'
import { generatePrivateKey } from 'viem/accounts'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { privateKeySigner } from '../src/index.ts'
import { type Anvil, startAnvil } from './anvil.ts'
import { counter, countOf, ether, gwei, newStorePath, placeContracts, startManager, until } from './setup.ts'

/** Transactions of the manager's key that it did not make. */
let anvil: Anvil
beforeEach(async () => {
  await anvil?.stop()
  anvil = await startAnvil('--no-mining')
  await placeContracts(anvil, toFunctionSelector('NotAllowed(uint256)'))
})
afterAll(() => anvil.stop())

const other = `0x${'77'.repeat(20)}` as const
const transfer = (privateKey: Hex, nonce: number, more: { feeCapWei?: bigint; tipWei?: bigint } = {}) =>
  privateKeySigner(privateKey).sign({
    chainId: 31337,
    nonce,
    to: other,
    data: '0x',
    valueWei: 1n,
    gasLimit: 21_000n,
    tipWei: more.tipWei ?? 2n * gwei,
    feeCapWei: more.feeCapWei ?? 10n * gwei,
  })
const publish = (raw: Hex) => anvil.rpc('eth_sendRawTransaction', raw)
const balanceOf = async (address: Hex) => BigInt((await anvil.rpc('eth_getBalance', address, 'latest')) as Hex)

async function funded(): Promise<Hex> {
  const privateKey = generatePrivateKey()
  await anvil.fund(privateKeySigner(privateKey).address, 10n * ether)
  return privateKey
}
/** Lets the manager offer no more than it did first, so that it outbids no stranger, however late that one's block comes. */
function holdAtFirstOffer({ manager, ofType }: Awaited<ReturnType<typeof startManager>>) {
  manager.setLimits({ maxFeeCapWei: ofType('signed')[0]!.fees.feeCapWei })
}
/** Mines one block now and then until a condition holds. */
async function mineUntil(condition: () => boolean | Promise<boolean>) {
  await until(async () => {
    await anvil.mine()
    await new Promise((resolve) => setTimeout(resolve, 50))
    return condition()
  })
}

describe('pending at the start', () => {
  it('is waited for by default', async () => {
    const privateKey = await funded()
    await publish(await transfer(privateKey, 0))
    await publish(await transfer(privateKey, 1))
    const { manager, ofType, close } = await startManager(anvil, { privateKey })
    const sent = manager.send({ key: 'a', to: counter })
    await until(() => ofType('published').length === 1)
    expect(ofType('strangers')[0]?.nonces).toEqual([0, 1])
    expect(ofType('signed')[0]).toMatchObject({ nonce: 2 })
    await mineUntil(() => ofType('confirmed').length === 1)
    expect(await sent).toMatchObject({ kind: 'transaction' })
    expect(await balanceOf(other)).toBe(2n)
    await close()
  })

  it('is replaced by empty transactions when so configured', async () => {
    const privateKey = await funded()
    await publish(await transfer(privateKey, 0, { feeCapWei: 20n * gwei, tipWei: 3n * gwei }))
    const { ofType, close } = await startManager(anvil, { privateKey, config: { strangers: 'replace' } })
    await until(() => ofType('published').length >= 1)
    // The stranger offered more than the market: refused first, outbid then.
    expect(ofType('refused').some((event) => event.class === 'underpriced')).toBe(true)
    await mineUntil(() => ofType('confirmed').length === 1)
    expect(await balanceOf(other)).toBe(0n)
    await close()
  })
})

describe('while running', () => {
  it('gives an intent a fresh nonce once its own is finally used by a stranger', async () => {
    const privateKey = await funded()
    const started = await startManager(anvil, { privateKey, config: { resubmitMs: 60_000 } })
    const { manager, ofType, close } = started
    const sent = manager.send({ key: 'a', to: counter })
    await until(() => ofType('published').length === 1)
    // The stranger outbids ours in the pool and is mined.
    holdAtFirstOffer(started)
    await publish(await transfer(privateKey, 0, { feeCapWei: 90n * gwei, tipWei: 30n * gwei }))
    await anvil.mine()
    // One block is not final at two confirmations: nothing may be signed again yet.
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(ofType('signed')).toHaveLength(1)
    await mineUntil(() => ofType('confirmed').length === 1)
    expect(ofType('nonce-lost')).toEqual([{ type: 'nonce-lost', key: 'a', nonce: 0 }])
    expect(ofType('signed').map(({ nonce }) => nonce)).toEqual([0, 1])
    expect(await sent).toMatchObject({ hash: ofType('signed')[1]!.hash })
    expect(await countOf(anvil)).toBe(1)
    expect(await balanceOf(other)).toBe(1n)
    await close()
  })

  it('wins back its nonce when a reorg removes the stranger before that is final', async () => {
    const privateKey = await funded()
    const started = await startManager(anvil, { privateKey, config: { resubmitMs: 60_000, confirmations: 5 } })
    const { manager, ofType, close } = started
    const sent = manager.send({ key: 'a', to: counter })
    await until(() => ofType('published').length === 1)
    const snapshot = await anvil.rpc('evm_snapshot')
    holdAtFirstOffer(started)
    const stranger = await transfer(privateKey, 0, { feeCapWei: 90n * gwei, tipWei: 30n * gwei })
    const strangerHash = await publish(stranger)
    await anvil.mine(2)
    await new Promise((resolve) => setTimeout(resolve, 200))
    await anvil.rpc('evm_revert', snapshot)
    await anvil.rpc('anvil_dropTransaction', strangerHash)
    await mineUntil(() => ofType('confirmed').length === 1)
    expect(await sent).toMatchObject({ hash: ofType('signed')[0]!.hash })
    expect(ofType('nonce-lost')).toEqual([])
    expect(await countOf(anvil)).toBe(1)
    await close()
  })

  it('uses up a nonce below its own that nobody fills', async () => {
    const privateKey = await funded()
    const path = newStorePath()
    const first = await startManager(anvil, { privateKey, path })
    first.manager.send({ key: 'a', to: counter, gasLimit: 100_000n }).catch(() => {})
    await until(() => first.ofType('published').length === 1)
    first.manager.send({ key: 'b', to: counter, gasLimit: 100_000n }).catch(() => {})
    await until(() => first.ofType('published').length === 2)
    await first.close()
    // The first intent vanishes from store and pool, as after a store was restored from an old copy.
    const { hash } = first.ofType('signed')[0]!
    await anvil.rpc('anvil_dropTransaction', hash)
    const store = openIntentStore(path)
    const error = { code: 'tx.rejected', message: 'removed by hand', details: {} }
    store.update('a', { state: 'failed', error, updatedAtMs: Date.now() })
    store.close()
    const { ofType, close } = await startManager(anvil, { privateKey, path })
    await mineUntil(() => ofType('confirmed').length === 2)
    expect(ofType('confirmed').map(({ key }) => key)).toContain('b')
    expect(ofType('signed').some(({ key, nonce }) => nonce === 0 && key.startsWith('crema:use-nonce:0:'))).toBe(true)
    expect(await countOf(anvil)).toBe(1)
    await close()
  })

  it('cancels a nonce that is nobody of ours', async () => {
    const privateKey = await funded()
    await publish(await transfer(privateKey, 0))
    const { manager, ofType, close } = await startManager(anvil, { privateKey })
    const cancelled = manager.cancel(0)
    await until(() => ofType('published').length >= 1)
    await mineUntil(() => ofType('confirmed').length === 1)
    await cancelled
    expect(await balanceOf(other)).toBe(0n)
    await close()
  })
})
