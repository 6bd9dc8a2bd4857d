import { encodeErrorResult, toFunctionSelector } from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Anvil, clientOf, startAnvil } from './anvil.ts'
import { laggingClient } from './lagging-client.ts'
import { counter, countOf, ether, gwei, notAllowedAbi, placeContracts, reverter, startManager, until } from './setup.ts'

let anvil: Anvil
beforeAll(async () => {
  anvil = await startAnvil()
  await placeContracts(anvil, toFunctionSelector('NotAllowed(uint256)'))
})
afterAll(() => anvil.stop())
beforeEach(async () => {
  await anvil.rpc('evm_setAutomine', false)
  await anvil.mine()
})

const call = (key: string) => ({ key, to: counter })
/** Final after one block, and no bumps: what is signed depends on the chain alone. */
const config = { confirmations: 1, resubmitMs: 600_000 } as const

type Manager = Awaited<ReturnType<typeof startManager>>

/** Sends a call, mines it, and takes the block back once it is confirmed; its transaction is in no pool then. */
async function confirmAndReorganise({ manager, ofType, store }: Manager, key: string): Promise<void> {
  const snapshot = await anvil.rpc('evm_snapshot')
  const sent = manager.send(call(key))
  await until(() => ofType('published').some((event) => event.key === key))
  await anvil.mine()
  await sent
  await anvil.rpc('evm_revert', snapshot)
  for (const { hash } of store.get(key)!.attempts) await anvil.rpc('anvil_dropTransaction', hash)
}

async function mineUntil(condition: () => boolean): Promise<void> {
  await until(async () => {
    await anvil.mine()
    return condition()
  })
}

describe('a confirmed transaction that a reorganisation takes out', () => {
  it('comes back by itself, the same one, and is paid once', async () => {
    const one = await startManager(anvil, { config })
    const { manager, ofType } = one
    const before = await countOf(anvil)
    await confirmAndReorganise(one, 'a')
    expect(await countOf(anvil)).toBe(before)
    await mineUntil(() => ofType('confirmed').length === 2)
    expect(ofType('reorged')).toEqual([{ type: 'reorged', key: 'a' }])
    expect(ofType('signed')).toHaveLength(1)
    expect(await countOf(anvil)).toBe(before + 1)
    const { account, feesSpentWei } = await manager.status()
    expect(account).toMatchObject({ latestNonce: 1, balanceWei: 100n * ether - feesSpentWei })
    await one.close()
  })

  it('comes back also when that happened while nobody looked', async () => {
    const first = await startManager(anvil, { config })
    const before = await countOf(anvil)
    const snapshot = await anvil.rpc('evm_snapshot')
    const sent = first.manager.send(call('a'))
    await until(() => first.ofType('published').length === 1)
    await anvil.mine()
    const receipt = await sent
    await first.close()
    await anvil.rpc('evm_revert', snapshot)
    const again = await startManager(anvil, { config, path: first.path, privateKey: first.privateKey })
    await mineUntil(() => again.ofType('confirmed').length === 1)
    expect(receipt.kind === 'transaction' && receipt.hash).toBe(again.store.get('a')!.receipt!.hash)
    expect(again.ofType('signed')).toHaveLength(0)
    expect(await countOf(anvil)).toBe(before + 1)
    await again.close()
  })

  it('goes before what is asked for meanwhile, under its own and under another key', async () => {
    const one = await startManager(anvil, { config })
    const { manager, ofType, store } = one
    const before = await countOf(anvil)
    await confirmAndReorganise(one, 'a')
    const other = manager.send(call('b'))
    await mineUntil(() => ofType('reorged').length === 1)
    const same = manager.send(call('a'))
    await mineUntil(() => ofType('confirmed').length === 3)
    expect(await same).toMatchObject({ hash: store.get('a')!.attempts[0]!.hash })
    expect(await other).toMatchObject({ hash: store.get('b')!.attempts[0]!.hash })
    expect(ofType('signed').map(({ key, nonce }) => [key, nonce])).toEqual([
      ['a', 0],
      ['b', 1],
    ])
    expect(ofType('step-failed')).toEqual([])
    expect(await countOf(anvil)).toBe(before + 2)
    await one.close()
  })

  it('reaches the aim of another key as well, which then sends nothing', async () => {
    const one = await startManager(anvil, { config })
    const before = await countOf(anvil)
    await confirmAndReorganise(one, 'a')
    // As callers do: the same aim under another key, and the pending block tells whether it is reached.
    const pending = async () => Number(await anvil.rpc('eth_getStorageAt', counter, '0x0', 'pending'))
    const again = one.manager.send({ ...call('a#1'), isDone: async () => (await pending()) > before })
    await mineUntil(() => one.ofType('confirmed').length === 3)
    expect(await again).toEqual({ kind: 'already-done', reverted: null })
    expect(await countOf(anvil)).toBe(before + 1)
    await one.close()
  })
})

describe('a node without the block of a confirmed transaction', () => {
  it('that lags is believed in nothing about it, and nothing is signed after it', async () => {
    const client = laggingClient(clientOf(anvil.url))
    const { manager, ofType, store, close } = await startManager(anvil, { config, clients: [client] })
    const before = await countOf(anvil)
    const stale = BigInt((await anvil.rpc('eth_blockNumber')) as string)
    const sent = manager.send(call('a'))
    await until(() => ofType('published').length === 1)
    await anvil.mine()
    await sent
    client.serveOnlyTo(stale)
    const next = manager.send(call('b'))
    const lost = `0x${(stale + 1n).toString(16)}`
    await until(() => client.asked().filter((asked) => asked === lost).length >= 5, 'looks at the missing block')
    expect(ofType('reorged')).toEqual([])
    expect(store.get('a')!.state).toBe('confirmed')
    const { pending } = await manager.status()
    expect(pending).toMatchObject([{ key: 'b', state: 'queued', heldBack: expect.stringMatching(/does not have/) }])
    client.serveOnlyTo(undefined)
    await mineUntil(() => ofType('confirmed').length === 2)
    await next
    expect(ofType('signed').map(({ key, nonce }) => [key, nonce])).toEqual([
      ['a', 0],
      ['b', 1],
    ])
    expect(ofType('reorged')).toEqual([])
    expect(await countOf(anvil)).toBe(before + 2)
    await close()
  })

  it('on a shorter chain tells once it has another block there', async () => {
    const client = laggingClient(clientOf(anvil.url))
    const one = await startManager(anvil, { config, clients: [client] })
    const { ofType, store, close } = one
    const before = await countOf(anvil)
    await confirmAndReorganise(one, 'a')
    const { blockNumber } = store.get('a')!.receipt!
    const lost = `0x${blockNumber.toString(16)}`
    await until(() => client.asked().filter((asked) => asked === lost).length >= 5, 'looks at the missing block')
    expect(ofType('reorged')).toEqual([])
    await anvil.mine()
    expect(BigInt((await anvil.rpc('eth_blockNumber')) as string)).toBe(blockNumber)
    await until(() => ofType('reorged').length === 1)
    await mineUntil(() => ofType('confirmed').length === 2)
    expect(await countOf(anvil)).toBe(before + 1)
    await close()
  })
})

describe('a nonce that a reorganisation gives back', () => {
  it('lets another key sign the very transaction of one that failed', async () => {
    const { manager, ofType, store, close } = await startManager(anvil, { config })
    const failing = (key: string) => ({ key, to: reverter, abi: notAllowedAbi, gasLimit: 100_000n })
    const data = encodeErrorResult({ abi: notAllowedAbi, args: [42n] })
    const reverted = { code: 'tx.reverted', details: { phase: 'execution', data } }
    const snapshot = await anvil.rpc('evm_snapshot')
    for (const key of ['a', 'b']) {
      const sent = expect(manager.send(failing(key))).rejects.toMatchObject(reverted)
      await until(() => ofType('published').some((event) => event.key === key))
      await anvil.mine()
      await sent
      if (key === 'a') await anvil.rpc('evm_revert', snapshot)
    }
    expect(store.get('b')!.attempts[0]!.hash).toBe(store.get('a')!.attempts[0]!.hash)
    expect(ofType('step-failed')).toEqual([])
    await close()
  })

  it('lets an intent sign again what it signed before it lost the nonce', async () => {
    const { manager, signer, ofType, close } = await startManager(anvil, { config: { ...config, lostSightings: 1 } })
    const before = await countOf(anvil)
    const snapshot = await anvil.rpc('evm_snapshot')
    const sent = manager.send(call('a'))
    await until(() => ofType('published').length === 1)
    // A stranger with the key outbids ours and takes everything away, so that no other nonce can be paid for.
    const fees = { tipWei: 90n * gwei, feeCapWei: 90n * gwei }
    const valueWei = 100n * ether - 21_000n * fees.feeCapWei
    const stranger = {
      ...fees,
      chainId: 31337,
      nonce: 0,
      to: reverter,
      data: '0x',
      valueWei,
      gasLimit: 21_000n,
    } as const
    await anvil.rpc('anvil_setCode', reverter, '0x')
    await anvil.rpc('eth_sendRawTransaction', await signer.sign(stranger))
    await anvil.mine()
    await until(() => ofType('out-of-funds').length > 0)
    expect(ofType('nonce-lost')).toHaveLength(1)
    await anvil.rpc('evm_revert', snapshot)
    // Before the next block, whose base fee is another.
    await until(() => ofType('signed').length === 2)
    await mineUntil(() => ofType('confirmed').length === 1)
    const [first, ...later] = ofType('signed')
    expect(later.map(({ hash, nonce }) => [hash, nonce])).toEqual([[first!.hash, 0]])
    expect(await sent).toMatchObject({ hash: first!.hash })
    expect(await countOf(anvil)).toBe(before + 1)
    await close()
  })
})
