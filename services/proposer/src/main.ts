import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openIntentStore, openTraceStore } from '@crema/chain-store'
import { createHeadWatch, describeAgent } from '@crema/dispute'
import { checkL1Chain, createL1Client } from '@crema/l1'
import { runNode } from '@crema/node'
import { componentLogger, createReadiness, runMain, startHealthServer, systemClock } from '@crema/service-kit'
import { createSigner, createTxManager, createTxMetrics } from '@crema/tx-manager'
import { createProposer } from './app.ts'
import { etherToWei, proposerConfig } from './config.ts'
import { createDefence } from './defence.ts'
import { createProposerMetrics } from './metrics.ts'

await runMain({
  name: 'proposer',
  version: '0.1.0',
  schema: proposerConfig,
  start: async (context) => {
    const { config, logger, metrics, shutdown, signal } = context
    const readiness = createReadiness(['node'])
    mkdirSync(config.dataDir, { recursive: true })
    const node = await runNode(config, context, readiness)
    const l1 = createL1Client({ url: config.l1.rpcUrl })
    await checkL1Chain(l1, node.config.l1ChainId)
    const intents = openIntentStore(join(config.dataDir, 'intents.sqlite'))
    shutdown.add('intents', () => intents.close())
    // Closed after the transaction manager: what waits for a transaction ends with it.
    let running: Promise<unknown> = Promise.resolve()
    const traces = openTraceStore(join(config.dataDir, 'traces.sqlite'))
    shutdown.add('traces', () => traces.close())
    shutdown.add('proposer', () => running)
    const maxFeeCapWei = BigInt(Math.floor(config.tx.maxFeeCapGwei * 1e9))
    const tx = createTxManager({
      clients: [l1],
      signer: createSigner(config.signer),
      store: intents,
      logger: componentLogger(logger, 'tx-manager'),
      metrics: createTxMetrics(metrics),
      config: {
        chainId: Number(node.config.l1ChainId),
        confirmations: config.tx.confirmations,
        resubmitMs: config.tx.resubmitMs,
        pollMs: config.tx.pollMs,
        maxFeeCapWei,
        // Of gas: a stake is no fee.
        maxCostWei: etherToWei(config.tx.maxCostEther),
      },
    })
    shutdown.add('tx-manager', () => tx.close())
    const proposer = createProposer({
      node,
      l1,
      tx,
      intents,
      clock: systemClock,
      logger: componentLogger(logger, 'proposer'),
      metrics: createProposerMetrics(metrics),
      readiness,
      settings: {
        head: config.proposer.head,
        intervalSeconds: BigInt(config.proposer.intervalSeconds),
        pollMs: config.proposer.pollMs,
        giveUpMs: config.proposer.giveUpMs,
        bondsPollMs: 60_000,
        minBalanceWei: etherToWei(config.proposer.minBalanceEther),
        maxFeeCapWei,
      },
    })
    const headWatch = createHeadWatch({
      ...{ l1, readiness, clock: systemClock },
      ...{ maxAgeSeconds: config.proposer.maxL1AgeSeconds, pollMs: config.proposer.pollMs },
    })
    const defence = createDefence({
      ...{ config, node, l1, tx, intents, metrics, logger, line: proposer.line, alerts: headWatch.alerts },
      store: traces,
      clock: systemClock,
    })
    running = Promise.all([proposer.run(signal), defence.agent.run(signal), headWatch.run(signal)])
    if (config.health.port !== undefined) {
      const health = await startHealthServer({
        port: config.health.port,
        host: config.health.host,
        notReady: () => readiness.reasons(),
        status: async () => ({
          node: node.status(),
          proposer: proposer.status(),
          defence: describeAgent(defence.agent.status()),
          tx: await tx.status(),
        }),
        metrics: () => metrics.registry.metrics(),
      })
      shutdown.add('health', () => health.close())
      logger.info({ url: health.url }, 'health server listens')
    }
    logger.info({ address: tx.address }, 'proposer runs')
  },
})
