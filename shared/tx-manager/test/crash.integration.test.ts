import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { openIntentStore } from '@crema/chain-store'
import { type Hex, toFunctionSelector } from 'viem'
import { generatePrivateKey } from 'viem/accounts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { privateKeySigner } from '../src/index.ts'
import { type Anvil, startAnvil } from './anvil.ts'
import { counter, countOf, ether, newStorePath, placeContracts, startManager } from './setup.ts'

let anvil: Anvil
let miner: NodeJS.Timeout
beforeAll(async () => {
  anvil = await startAnvil()
  await placeContracts(anvil, toFunctionSelector('NotAllowed(uint256)'))
  miner = setInterval(() => void anvil.mine().catch(() => {}), 100)
})
afterAll(async () => {
  clearInterval(miner)
  await anvil.stop()
})

const script = fileURLToPath(new URL('./fixtures/sender.ts', import.meta.url))
async function runSender(path: string, privateKey: Hex, moment: 'before' | 'after' | 'never' | number, count = 1) {
  const args = [
    '--disable-warning=ExperimentalWarning',
    script,
    anvil.url,
    path,
    privateKey,
    String(moment),
    String(count),
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  const [code, signal] = await once(child, 'close')
  return { code, signal, text }
}
async function account() {
  const privateKey = generatePrivateKey()
  const { address } = privateKeySigner(privateKey)
  await anvil.fund(address, ether)
  const nonce = async () => Number(await anvil.rpc('eth_getTransactionCount', address, 'latest'))
  return { privateKey, nonce, path: newStorePath() }
}
function stored(path: string) {
  const store = openIntentStore(path)
  const record = store.get('crash')!
  store.close()
  return record
}

describe.each(['before', 'after'] as const)('killed %s the node has the transaction', (moment) => {
  it('leaves the signed transaction in the store and sends exactly that one after a restart', async () => {
    const { privateKey, nonce, path } = await account()
    const before = await countOf(anvil)
    expect(await runSender(path, privateKey, moment)).toMatchObject({ signal: 'SIGKILL', text: '' })
    const left = stored(path)
    expect(left).toMatchObject({ state: 'signed', nonce: 0 })
    expect(left.attempts).toHaveLength(1)
    const { hash } = left.attempts[0]!

    expect(await runSender(path, privateKey, 'never')).toMatchObject({ code: 0, text: hash })
    expect(await countOf(anvil)).toBe(before + 1)
    expect(await nonce()).toBe(1)
    expect(stored(path)).toMatchObject({ state: 'confirmed', receipt: { hash } })
  })

  it('survives being killed again and again', async () => {
    const { privateKey, nonce, path } = await account()
    const before = await countOf(anvil)
    for (let kill = 0; kill < 2; kill++) {
      // After the first kill of `after` the transaction is mined, and the next run has nothing left to publish.
      const { signal, code } = await runSender(path, privateKey, moment)
      expect(signal === 'SIGKILL' || code === 0).toBe(true)
    }
    expect(await runSender(path, privateKey, 'never')).toMatchObject({ code: 0, text: expect.stringMatching(/^0x/) })
    expect(await countOf(anvil)).toBe(before + 1)
    expect(await nonce()).toBe(1)
  })
})

it('resumes stored intents without anybody asking for them', async () => {
  const { privateKey, path } = await account()
  const before = await countOf(anvil)
  await runSender(path, privateKey, 'before')
  const { manager, ofType, close } = await startManager(anvil, { path, privateKey })
  while (ofType('confirmed').length === 0) await new Promise((resolve) => setTimeout(resolve, 30))
  expect(await countOf(anvil)).toBe(before + 1)
  expect(await manager.send({ key: 'crash', to: counter })).toMatchObject({ kind: 'transaction' })
  await close()
  expect(await countOf(anvil)).toBe(before + 1)
})

it('sends each of several intents once, killed at arbitrary moments', async () => {
  const { privateKey, nonce, path } = await account()
  const before = await countOf(anvil)
  const moments = Array.from({ length: 6 }, () => Math.floor(Math.random() * 400))
  for (const moment of moments) await runSender(path, privateKey, moment, 5)
  const last = await runSender(path, privateKey, 'never', 5)
  expect({ moments, code: last.code, hashes: new Set(last.text.split(' ')).size }).toEqual({
    moments,
    code: 0,
    hashes: 5,
  })
  expect(await countOf(anvil)).toBe(before + 5)
  expect(await nonce()).toBe(5)
})
