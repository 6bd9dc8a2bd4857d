import { assertionChainAbi, type L1Client, readPostedBonds } from '@crema/l1'
import { type Anvil, startAnvil, testAccount, testAddress } from '@crema/testing'
import { createWalletClient, http } from 'viem'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createOwnBonds } from '../src/agent/own-bonds.ts'
import { createToyRollup, passTime, rpc } from './model/toy-rollup.ts'

const stake = 10n ** 16n

let anvil: Anvil
beforeAll(async () => {
  anvil = await startAnvil()
})
afterAll(() => anvil?.stop())

it('reads a released bond no more once its end is deep in L1, and again when L1 is reorganised', async () => {
  const rollup = await createToyRollup(anvil, stake, 600n)
  const { contracts, config } = rollup
  let asked = 0
  const readContract: L1Client['readContract'] = (query) => {
    if (query.functionName === 'bond') asked++
    return anvil.client.readContract(query)
  }
  const l1: L1Client = { ...anvil.client, readContract }
  const bonds = createOwnBonds({ l1, contracts, fromBlock: config.l1StartBlock, owner: testAddress(1) })
  /** Statuses of the bonds, of which so many were asked for. */
  const look = async (): Promise<{ statuses: string[]; asked: number }> => {
    asked = 0
    await bonds.refresh()
    const stakes = await bonds.read({ assertions: [], states: [] })
    return { statuses: stakes.bonds.map(({ status }) => status), asked }
  }

  const child = await rollup.child([[3, 20], [5]])
  await rollup.propose(1, child)
  await rpc(anvil.client, 'anvil_mine', '0x50')
  expect(await look()).toEqual({ statuses: ['active'], asked: 1 })

  await passTime(anvil.client, 600)
  const wallet = createWalletClient({ account: testAccount(1), transport: http(anvil.url) })
  const hash = await wallet.writeContract({
    ...{ address: contracts.assertionChain, abi: assertionChainAbi, chain: null },
    ...{ functionName: 'confirm', args: [child.id, child.end] },
  })
  await anvil.client.waitForTransactionReceipt({ hash, pollingInterval: 20 })
  const snapshot = await rpc(anvil.client, 'evm_snapshot')
  const { number } = await anvil.client.getBlock()
  const [posted] = await readPostedBonds(anvil.client, contracts, testAddress(1), 0n, number)
  await rollup.send(1, { kind: 'release', bondId: posted!.id })
  expect(await look()).toEqual({ statuses: ['released'], asked: 1 })
  // Its end may still be reorganised.
  expect(await look()).toEqual({ statuses: ['released'], asked: 1 })
  await rpc(anvil.client, 'anvil_mine', '0x50')
  expect(await look()).toEqual({ statuses: ['released'], asked: 1 })
  expect(await look()).toEqual({ statuses: [], asked: 0 })

  await rpc(anvil.client, 'evm_revert', snapshot)
  expect(await look()).toEqual({ statuses: ['active'], asked: 1 })
})
