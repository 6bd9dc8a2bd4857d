import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openIntentStore } from '@crema/chain-store'
import { createL1Client } from '@crema/l1'
import type { Address } from '@crema/protocol'
import { createHttpSequencerClient } from '@crema/sequencer-client'
import {
  componentLogger,
  createReadiness,
  type Metrics,
  retry,
  type ServiceContext,
  startHealthServer,
  systemClock,
} from '@crema/service-kit'
import { createSigner, createTxManager, createTxMetrics } from '@crema/tx-manager'
import type { PosterConfig } from './config.ts'
import { readInboxSetup } from './inbox-setup.ts'
import { createPoster, type Poster } from './poster.ts'

/** Settled transactions are kept with their data for a day, milliseconds: batches are large. */
const keepSettledMs = 24 * 3_600_000

/** Starts the poster's process from its configuration: L1, sequencer, transaction manager, poster, health. */
export async function startPoster(
  context: ServiceContext & { readonly config: PosterConfig; readonly metrics: Metrics },
): Promise<void> {
  const { config, metrics, logger, shutdown, signal } = context
  const readiness = createReadiness(['inbox'])
  let poster: Poster | undefined
  if (config.health.port !== undefined) {
    const health = await startHealthServer({
      host: config.health.host,
      port: config.health.port,
      notReady: () => [...readiness.reasons(), ...(poster?.status().trouble ? [poster.status().trouble!] : [])],
      status: () => poster?.status(),
      metrics: metrics.text,
    })
    shutdown.add('health', health.close)
    logger.info({ url: health.url }, 'health')
  }

  const client = createL1Client({ url: config.l1.rpcUrl })
  const onRetry = (err: unknown) => logger.warn({ err }, 'L1 does not show the Inbox, waiting')
  const inbox = config.inbox.toLowerCase() as Address
  const setup = await retry(() => readInboxSetup(client, inbox), { signal, onRetry, maxMs: 5_000 })

  mkdirSync(config.dataDir, { recursive: true })
  const store = openIntentStore(join(config.dataDir, 'intents.sqlite'))
  shutdown.add('store', store.close)
  const transactions = createTxManager({
    clients: [client],
    signer: createSigner(config.signer),
    store,
    logger: componentLogger(logger, 'tx-manager'),
    config: { chainId: Number(setup.domain.chainId), pollMs: config.l1.pollMs, keepSettledMs, ...config.tx },
    metrics: createTxMetrics(metrics),
    onEvent: (event) => {
      if (event.type === 'published') {
        readiness.ready('funds')
        readiness.ready('fees')
        poster?.published(event.key)
      }
      if (event.type === 'fee-limit') {
        readiness.notReady('fees', event.error.message)
        logger.error({ err: event.error, key: event.key }, 'the fee limit stops a batch')
        poster?.feeLimited(event.key)
      }
      if (event.type !== 'out-of-funds') return
      readiness.notReady('funds', event.error.message)
      logger.error({ err: event.error }, 'the account cannot pay; blocks wait until it can')
    },
  })
  shutdown.add('transactions', transactions.close)

  poster = createPoster({
    client,
    sequencer: createHttpSequencerClient({ url: config.sequencer.url }),
    transactions,
    setup,
    limits: config.batch,
    maxDelayMs: config.batch.maxDelayMs,
    feePatienceMs: config.batch.feePatienceMs,
    giveUpMs: config.batch.giveUpMs,
    pollMs: config.l1.pollMs,
    originMode: config.l1.origin,
    heartbeatAfterMs: config.heartbeatAfterMs,
    clock: systemClock,
    logger,
    metrics,
  })
  shutdown.add('poster', poster.close)
  readiness.ready('inbox')
  logger.info({ inbox, lane: setup.lane, account: transactions.address }, 'posting')
}
