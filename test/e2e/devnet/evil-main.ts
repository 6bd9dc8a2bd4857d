/** A process that lies: its own node, and dispute agents that play for what a falsified execution came to. Started by the devnet. */
import { mkdirSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createNodeView, type OwnChildren } from '@crema/dispute'
import { assertionChainAbi, createL1Client, readAssertion, readChildren, readLineTip } from '@crema/l1'
import { createMemoryTraceStore } from '@crema/machine'
import { openNode, ownEndState } from '@crema/node'
import { decodeRollupConfig, type Hash, keccak256Hex } from '@crema/protocol'
import { createLogger, sleep, startHealthServer, systemClock } from '@crema/service-kit'
import { testAccount, testAddress } from '@crema/testing'
import { type DisputePlayer, startDisputePlayer } from '../support/dispute-player.ts'
import { createEvilExecutor } from '../support/evil-executor.ts'
import { parseLie } from '../support/evil-lie.ts'
import { firstChildOf, fixTarget, proposeFirst } from '../support/evil-propose.ts'

const { values } = parseArgs({
  options: {
    rollup: { type: 'string' },
    'data-dir': { type: 'string' },
    'l1-url': { type: 'string' },
    'sequencer-url': { type: 'string' },
    'health-port': { type: 'string' },
    role: { type: 'string' },
    lie: { type: 'string', default: '' },
    players: { type: 'string', default: '1' },
    account: { type: 'string' },
  },
})

const FUNDS = 10n ** 21n
const POLL_MS = 500

const need = (name: Exclude<keyof typeof values, 'lie' | 'players'>): string => {
  const value = values[name]
  if (value === undefined) throw new Error(`--${name} is missing`)
  return value
}

const config = decodeRollupConfig(readFileSync(need('rollup'), 'utf8'))
const dir = need('data-dir')
const l1Url = need('l1-url')
const l1 = createL1Client({ url: l1Url })
const lie = parseLie(values.lie)
const firstAccount = Number(need('account'))
const stopping = new AbortController()
const logger = createLogger({ service: 'evil', level: 'info' })
mkdirSync(dir, { recursive: true })

const { node, close } = await openNode({
  config,
  dataDir: dir,
  l1Url,
  sequencerUrl: need('sequencer-url'),
  clock: systemClock,
  logger,
  settings: { l1PollMs: 250, sequencerPollMs: 250, l1Range: 2_000n, laneRange: 64, sequencerTimeoutMs: 5_000 },
})
const running = node.run(stopping.signal)
const view = createNodeView({ node, head: 'finalized' })
let lied: Hash | undefined
/** Whether a first child that is wrong stands on L1. */
let asserted = false
/** The parent that is lied about: one is enough. */
let target: Hash | undefined
const players: DisputePlayer[] = []

/** Only what concerns the one parent. */
const once = (children: OwnChildren): OwnChildren => ({
  async rightChild(parent) {
    if (target !== undefined && target !== parent.parentId)
      return { isKnown: false, why: 'lies about one parent alone' }
    const child = await children.rightChild(parent)
    if (child.isKnown) {
      target = parent.parentId
      lied = child.id
    }
    return child
  },
})

for (let n = 0; n < Number(values.players); n++) {
  const account = firstAccount + n
  const params = [testAddress(account), `0x${FUNDS.toString(16)}`]
  await l1.request({ method: 'anvil_setBalance' as never, params: params as never })
  const evil = createEvilExecutor({
    ...{ config, children: view, machineOf: view.machineOf, lie, store: createMemoryTraceStore() },
    salt: keccak256Hex(Uint8Array.of(account)),
    onPlace: ({ id }, place) => logger.info({ account, id, ...place }, 'lies here'),
  })
  const children = once(evil.children)
  if (values.role === 'proposer' && n === 0) void assertWrongly(children, account)
  players.push(startDisputePlayer({ rollup: { l1, config, dir }, account, mode: 'full', ...evil, children }))
}

/** Puts a wrong first child on the line's tip, as soon as there is something to assert. */
async function assertWrongly(children: OwnChildren, index: number): Promise<void> {
  const side = { l1, l1Url, config, account: testAccount(index) }
  const { assertionChain } = config.l1Contracts
  while (!stopping.signal.aborted && !asserted) {
    try {
      const parentId = await readLineTip(l1, assertionChain)
      const stored = await readAssertion(l1, assertionChain, parentId)
      const genesisId = await l1.readContract({
        address: assertionChain,
        abi: assertionChainAbi,
        functionName: 'genesisId',
      })
      const parentEnd =
        parentId === genesisId
          ? config.genesisState
          : // Gas and status of the end do not matter for what starts from it.
            ownEndState(node.store, stored.inboxCount, stored.inboxCount)
      if (parentEnd !== undefined && node.store.leafCount() > stored.inboxCount) {
        await fixTarget(side, parentId)
        if ((await readChildren(l1, assertionChain, parentId)).firstChildAt === 0n) {
          const child = await firstChildOf(side, children, parentId, parentEnd)
          if (child.isKnown) {
            await proposeFirst(side, child)
            asserted = true
            logger.info({ id: child.id, parentId }, 'asserted a wrong state')
            return
          }
        }
      }
    } catch (error) {
      lied = undefined
      target = undefined
      logger.warn({ err: error }, 'could not lie')
    }
    await sleep(POLL_MS, stopping.signal).catch(() => {})
  }
}

const health = await startHealthServer({
  port: Number(need('health-port')),
  host: '127.0.0.1',
  notReady: () => (node.status().mode === 'syncing' ? ['catching up with L1'] : []),
  status: () => ({ node: node.status(), lied, asserted, players: players.map(({ agent }) => agent.status()) }),
  metrics: async () => '',
})

const stop = async (): Promise<void> => {
  if (stopping.signal.aborted) return
  stopping.abort()
  await health.close()
  await Promise.all(players.map((player) => player.stop()))
  await running
  close()
  process.exit(0)
}
process.on('SIGTERM', () => void stop())
process.on('SIGINT', () => void stop())
