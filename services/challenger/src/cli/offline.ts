import { join } from 'node:path'
import { ChainStoreError, openTraceStore } from '@crema/chain-store'
import { createNodeDisputes } from '@crema/dispute'
import { checkL1Chain, createL1Client, type L1Client, readAccountStakes, readPostedBonds } from '@crema/l1'
import { type RollupNode, runNode } from '@crema/node'
import {
  createLogger,
  createMetrics,
  createReadiness,
  createShutdown,
  type Logger,
  type Shutdown,
  sleep,
  systemClock,
} from '@crema/service-kit'
import type { ChallengerConfig } from '../config.ts'
import { limitsOf } from '../disputes/limits.ts'
import { type OpenedSender, openSender } from '../disputes/open-sender.ts'
import { createExplainer, type Explainer } from '../explain/create-explainer.ts'
import { CliError } from './errors.ts'

/** The challenger's parts without its loops, for one command. */
export interface Offline {
  readonly node: RollupNode
  readonly l1: L1Client
  readonly explainer: Explainer
  readonly sender: OpenedSender
  readonly logger: Logger
  /** What the key owns on L1. Throws `L1Error`. */
  stakes(): ReturnType<typeof readAccountStakes>
}

/**
 * Opens the data directory, waits until the node has caught up with L1, and runs `act`; closes all again. Traces are built on the way, with their progress on
 * standard error if that is a terminal. Throws {@link CliError} `cli.service-runs` while the service has the directory, and what `act` throws.
 */
export async function withNode<T>(config: ChallengerConfig, act: (offline: Offline) => Promise<T>): Promise<T> {
  const logger = createLogger({ service: 'challenger', level: 'warn', format: 'json', destination: process.stderr })
  const shutdown = createShutdown(10_000)
  try {
    return await act(await open(config, logger, shutdown))
  } catch (error) {
    if (!(error instanceof ChainStoreError) || error.code !== 'STORE_LOCKED') throw error
    const message =
      'the service runs on this data directory: it acts by itself; stop it to act by hand, or name its --health.port to ask it'
    throw new CliError('cli.service-runs', message, { retryable: true, details: error.details, cause: error })
  } finally {
    await shutdown.close('done')
  }
}

async function open(config: ChallengerConfig, logger: Logger, shutdown: Shutdown): Promise<Offline> {
  const metrics = createMetrics('challenger')
  const failed = Promise.withResolvers<never>()
  failed.promise.catch(() => {})
  const { signal } = shutdown
  const context = { logger, metrics, shutdown, signal, fail: (error: unknown) => failed.reject(error) }
  const node = await runNode(config, context, createReadiness())
  const l1 = createL1Client({ url: config.l1.rpcUrl })
  await checkL1Chain(l1, node.config.l1ChainId)
  const store = openTraceStore(join(config.dataDir, 'traces.sqlite'))
  shutdown.add('traces', () => store.close())
  const sender = openSender(config, { l1, l1ChainId: node.config.l1ChainId, logger, metrics })
  shutdown.add('tx-manager', () => sender.close())
  const settings = config.challenger
  const limits = limitsOf(settings, {
    ...{ atRiskWei: () => 0n, spendableWei: () => 0n },
    challengePeriod: node.config.challengePeriod,
  })
  const { children, traces, blocksOf } = createNodeDisputes({
    ...{ node, l1, store, logger, clock: systemClock, head: settings.head },
    ...{ tx: sender.tx, intents: sender.intents },
    witnesses: settings.witnessUrls.map((url) => ({ name: new URL(url).host, client: createL1Client({ url }) })),
    settings: { ...settings, mode: 'full', limits, releases: true },
    onEvent: (event) => {
      if (event.kind !== 'trace-progress' || !process.stderr.isTTY) return
      const { blocks, totalBlocks, steps, expectedSteps } = event.progress
      process.stderr.write(
        `trace: block ${blocks} of ${totalBlocks}, ${steps} of about ${expectedSteps ?? '?'} steps\n`,
      )
    },
  })
  const { address } = sender.tx
  const explainer = createExplainer({
    ...{ node, l1, children, traces, blocksOf, limits, address },
    mode: 'full',
    mayBuild: () => true,
  })
  await Promise.race([failed.promise, untilSynced(node)])
  const { l1Contracts: contracts, l1StartBlock } = node.config
  return {
    ...{ node, l1, explainer, sender, logger },
    stakes: async () => {
      const head = await l1.getBlockNumber()
      const posted = await readPostedBonds(l1, contracts, address, l1StartBlock, head)
      return readAccountStakes(l1, contracts, address, [...new Set(posted.map(({ id }) => id))])
    },
  }
}

async function untilSynced(node: RollupNode): Promise<void> {
  while (node.status().mode === 'syncing') await sleep(100)
}
