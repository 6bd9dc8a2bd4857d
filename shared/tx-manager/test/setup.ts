import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openIntentStore } from '@crema/chain-store'
import { createLogger } from '@crema/service-kit'
import type { Hex } from 'viem'
import { generatePrivateKey } from 'viem/accounts'
import {
  createTxManager,
  type EthClient,
  privateKeySigner,
  type TxEvent,
  type TxManagerConfig,
  type TxMetrics,
} from '../src/index.ts'
import { type Anvil, clientOf } from './anvil.ts'

export const ether = 10n ** 18n
export const gwei = 10n ** 9n

/** Contract that adds 1 to slot 0 at every call: it counts how often an intent was executed. */
export const counter = `0x${'c0'.repeat(20)}` as const
const counterCode = '0x60005460010160005500'
/** Contract that reverts with `NotAllowed(42)`. */
export const reverter = `0x${'de'.repeat(20)}` as const
export const notAllowedAbi = [
  { type: 'error', name: 'NotAllowed', inputs: [{ name: 'value', type: 'uint256' }] },
] as const
export const notAllowedData = `0x${'2af4fe37'}${(42).toString(16).padStart(64, '0')}` as const

/** Fast settings for tests. */
export const fastConfig = {
  chainId: 31337,
  confirmations: 2,
  resubmitMs: 400,
  pollMs: 30,
  retryMs: 60,
} satisfies Partial<TxManagerConfig>

export const newStorePath = () => join(mkdtempSync(join(tmpdir(), 'crema-tx-')), 'intents.sqlite')
export const logger = createLogger({ service: 'test', level: (process.env.TEST_LOG_LEVEL as 'debug') ?? 'fatal' })

/** Puts the two contracts on the chain. */
export async function placeContracts({ rpc }: Anvil, selector: string): Promise<void> {
  await rpc('anvil_setCode', counter, counterCode)
  const code = `0x7f${selector.slice(2).padEnd(64, '0')}600052602a60045260246000fd`
  await rpc('anvil_setCode', reverter, code)
}

/** How often the counter was called. */
export const countOf = async ({ rpc }: Anvil) => Number(await rpc('eth_getStorageAt', counter, '0x0', 'latest'))

/** A manager over a real store with a fresh funded key, and everything it says. */
export async function startManager(
  anvil: Anvil,
  more: {
    config?: Partial<TxManagerConfig>
    path?: string
    privateKey?: Hex
    balanceWei?: bigint
    clients?: readonly [EthClient, ...EthClient[]]
    metrics?: TxMetrics
  } = {},
) {
  const privateKey = more.privateKey ?? generatePrivateKey()
  const signer = privateKeySigner(privateKey)
  if (!more.privateKey || more.balanceWei !== undefined)
    await anvil.fund(signer.address, more.balanceWei ?? 100n * ether)
  const path = more.path ?? newStorePath()
  const store = openIntentStore(path)
  const events: TxEvent[] = []
  const manager = createTxManager({
    clients: more.clients ?? [clientOf(anvil.url)],
    ...(more.metrics ? { metrics: more.metrics } : {}),
    signer,
    store,
    logger,
    config: { ...fastConfig, ...more.config },
    onEvent: (event) => void events.push(event),
  })
  const ofType = <T extends TxEvent['type']>(type: T) =>
    events.filter((event): event is Extract<TxEvent, { type: T }> => event.type === type)
  const close = async () => {
    await manager.close()
    store.close()
  }
  return { manager, signer, privateKey, path, store, events, ofType, close }
}

/** Waits until a condition holds. @throws Error after 20 s. */
export async function until(condition: () => boolean | Promise<boolean>, what = 'condition'): Promise<void> {
  for (const end = Date.now() + 20_000; !(await condition()); ) {
    if (Date.now() > end) throw new Error(`timed out waiting for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
