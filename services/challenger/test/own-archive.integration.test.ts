// Scenarios 32 and 33 of disputes: a node that lags; batch data that no endpoint serves any more; a payload that the own database lost.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openIntentStore, openTraceStore } from '@crema/chain-store'
import { createNodeDisputes, type DisputeAgent } from '@crema/dispute'
import { assertionChainAbi, createL1Client } from '@crema/l1'
import { openNode, type RollupNode } from '@crema/node'
import { encodePayload } from '@crema/protocol'
import { createLogger, systemClock } from '@crema/service-kit'
import {
  createLanePoster,
  type ForcedRollup,
  startForcedRollup,
  testAccount,
  testAddress,
  testKey,
} from '@crema/testing'
import { createTxManager, privateKeySigner } from '@crema/tx-manager'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { l2User, prefunded } from '../../../test/e2e/support/arena/fill.ts'
import { type L1Proxy, startL1Proxy } from '../../../test/e2e/support/l1-proxy.ts'
import { assert } from './support/challenger.ts'
import { until } from './support/until.ts'

const MINUTE = 60_000
const LIAR = 6
const logger = createLogger({ service: 'own-archive', level: 'fatal' })

let rollup: ForcedRollup
/** An L1 endpoint that can lose what was posted. */
let proxy: L1Proxy
let archive: Archive
let agent: ManualAgent | undefined
let mining: NodeJS.Timeout
beforeAll(async () => {
  rollup = await startForcedRollup({ prefunded, challengePeriod: 600n })
  proxy = await startL1Proxy(rollup.l1Url)
  mining = setInterval(() => void rollup.rpc('evm_mine').catch(() => {}), 200)
}, MINUTE)
afterAll(async () => {
  clearInterval(mining)
  await agent?.close()
  await archive?.close()
  await proxy?.close()
  await rollup?.close()
})

interface Archive {
  readonly node: RollupNode
  /** Follows L1 until it is where the rollup's other node is. */
  catchUp(): Promise<void>
  close(): Promise<void>
}

/** A node on a database that outlives it, behind the proxy. */
async function openArchive(): Promise<Archive> {
  const opened = await openNode({
    ...{ config: rollup.config, dataDir: join(rollup.dir, 'archive'), clock: systemClock, logger },
    ...{ l1Url: `http://127.0.0.1:${proxy.port}`, sequencerUrl: undefined },
    settings: { l1PollMs: 50, sequencerPollMs: 50, l1Range: 2_000n, laneRange: 64, sequencerTimeoutMs: 1_000 },
  })
  const { node } = opened
  return {
    node,
    catchUp: async () => {
      const stopping = new AbortController()
      const running = node.run(stopping.signal)
      const wanted = rollup.node.store.heads().finalized.number
      await until('the archive', MINUTE, async () => {
        const { mode, heads } = node.status()
        return (mode !== 'syncing' && heads.finalized.number >= wanted) || undefined
      })
      stopping.abort()
      await running
    },
    close: async () => opened.close(),
  }
}

interface ManualAgent extends DisputeAgent {
  close(): Promise<void>
}

/** An agent on a node, with account `index`, that looks when told to. */
function agentOn(node: RollupNode, index: number): ManualAgent {
  const l1 = createL1Client({ url: `http://127.0.0.1:${proxy.port}` })
  const intents = openIntentStore(join(rollup.dir, `archive-intents-${index}.sqlite`))
  const store = openTraceStore(join(rollup.dir, `archive-traces-${index}.sqlite`))
  const tx = createTxManager({
    ...{ clients: [l1], signer: privateKeySigner(testKey(index)), store: intents, logger },
    config: { chainId: Number(rollup.config.l1ChainId), confirmations: 1, pollMs: 50, retryMs: 50 },
  })
  const made = createNodeDisputes({
    ...{ node, l1, tx, intents, store, logger, clock: systemClock, head: 'finalized' },
    settings: {
      limits: { maxStakeWei: 10n ** 18n, maxAtRiskWei: 10n ** 18n, minClockSeconds: 1n, minCollectWei: 0n },
      ...{ mode: 'full', pollMs: 50, maxInFlight: 8, giveUpMs: MINUTE, spreadMs: 0, releases: true },
    },
  })
  return {
    ...made.agent,
    close: async () => {
      await tx.close()
      intents.close()
      store.close()
    },
  }
}

const rivals = () =>
  rollup.l1.getContractEvents({
    ...{ address: rollup.config.l1Contracts.assertionChain, abi: assertionChainAbi, eventName: 'RivalProposed' },
    ...{ fromBlock: rollup.config.l1StartBlock, strict: true },
  })

it(
  'stakes nothing while its node lags, and says how far it is',
  async () => {
    const user = l2User(rollup)
    const poster = createLanePoster(rollup.l1, rollup.l1Url, testAccount(1), rollup.config)
    const post = async () => {
      await poster.post([{ payload: encodePayload([await user({ to: testAddress(7), value: 1n })]) }])
      await rollup.settle()
    }
    await post()
    archive = await openArchive()
    await archive.catchUp()
    // From here on it stands still.
    await post()
    const { assertionChain: address } = rollup.config.l1Contracts
    const genesisId = await rollup.l1.readContract({ address, abi: assertionChainAbi, functionName: 'genesisId' })
    await assert(rollup, LIAR, genesisId, { stateRoot: `0x${'ab'.repeat(32)}` })
    agent = agentOn(archive.node, 12)
    for (let looks = 0; looks < 3; looks++) await agent.look()
    expect(agent.status()).toMatchObject({ counts: { sent: 0 }, inFlight: [], traces: [] })
    expect(agent.status().alerts).toMatchObject([
      { code: 'unknown', about: genesisId, details: { code: 'MISSING_LEAF', index: 1n } },
    ])
  },
  2 * MINUTE,
)

it(
  'makes its case from its own archive when no endpoint serves the batches any more',
  async () => {
    await archive.catchUp()
    const inbox = rollup.config.l1Contracts.inbox.toLowerCase()
    let asked = 0
    proxy.lie = (exchange) => {
      const about = JSON.stringify(exchange.params).toLowerCase()
      const isBatch = exchange.method === 'eth_getLogs' && about.includes(inbox)
      const isTransaction = exchange.method === 'eth_getTransactionByHash' && isTo(exchange.result, inbox)
      if (isBatch) exchange.result = []
      if (isTransaction) exchange.result = null
      if (isBatch || isTransaction) asked++
      return undefined
    }
    await until('the rival', MINUTE, async () => {
      await agent!.look()
      return (await rivals())[0]
    })
    expect(await rivals()).toHaveLength(1)
    expect(agent!.status().alerts.filter(({ severity }) => severity === 'critical')).toEqual([])
    // Nothing of it was asked of L1 again.
    expect(asked).toBe(0)
  },
  2 * MINUTE,
)

const isTo = (transaction: unknown, address: string): boolean =>
  (transaction as { readonly to?: string } | null)?.to?.toLowerCase() === address

it(
  'says that its database lost a payload, and neither stakes nor moves',
  async () => {
    await agent!.close()
    proxy.lie = undefined
    await archive.close()
    const database = new DatabaseSync(join(rollup.dir, 'archive', 'chain.sqlite'))
    database.exec('PRAGMA foreign_keys = OFF')
    const first = 'SELECT min(id) FROM payloads WHERE length(data) > 0'
    expect(database.prepare(`DELETE FROM payloads WHERE id = (${first})`).run().changes).toBe(1)
    database.close()
    archive = await openArchive()
    await archive.catchUp()
    agent = agentOn(archive.node, 9)
    const told = await until('the alert', MINUTE, async () => {
      await agent!.look()
      return agent!.status().alerts.find(({ severity }) => severity === 'critical')
    })
    expect(told).toMatchObject({ code: 'unknown', details: { code: 'STORE_CORRUPT' } })
    expect(agent.status()).toMatchObject({ counts: { sent: 0 }, inFlight: [], atRiskWei: 0n })
    expect(await rivals()).toHaveLength(1)
  },
  2 * MINUTE,
)
