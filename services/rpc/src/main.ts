import { join } from 'node:path'
import { checkL1Chain, createL1Client } from '@crema/l1'
import { runNode } from '@crema/node'
import { createHttpSequencerClient } from '@crema/sequencer-client'
import { componentLogger, createReadiness, runMain, sleep, startHealthServer } from '@crema/service-kit'
import { createRpc } from './app.ts'
import { configuredLimits, rpcConfig } from './config.ts'
import { createAssertionFollower } from './service/follow-assertions.ts'
import { observeCalls } from './service/metrics.ts'
import { noSequencer } from './service/no-sequencer.ts'
import { nodePort } from './service/node-port.ts'
import { startSimulatorThreads } from './service/simulator-threads.ts'

await runMain({
  name: 'rpc',
  version: '0.1.0',
  schema: rpcConfig,
  start: async (context) => {
    const { config, metrics, shutdown, signal } = context
    const logger = componentLogger(context.logger, 'rpc')
    const readiness = createReadiness(['node', 'simulator'])
    const node = await runNode(config, context, readiness)
    const l1 = createL1Client({ url: config.l1.rpcUrl })
    await checkL1Chain(l1, node.config.l1ChainId)
    const assertions = createAssertionFollower(l1, node.config)
    const followAssertions = async (): Promise<void> => {
      while (!signal.aborted) {
        await assertions.refresh().catch((err: unknown) => logger.debug({ err }, 'assertions were not read'))
        await sleep(config.rpc.assertionsPollMs, signal).catch(() => {})
      }
    }
    const following = followAssertions()
    shutdown.add('assertions', () => following)

    const database = join(config.dataDir, 'chain.sqlite')
    const threads = startSimulatorThreads({ database, config: node.config.l2 }, config.rpc.callConcurrency)
    shutdown.add('simulator', () => threads.close())
    threads.ready().then(
      () => readiness.ready('simulator'),
      (err: unknown) => context.fail(err),
    )

    const { url } = config.sequencer
    const rpc = createRpc({
      node: nodePort(node, assertions, threads),
      sequencer: url === undefined ? noSequencer : createHttpSequencerClient({ url }),
      logger,
      limits: configuredLimits(config),
      access: { cors: config.rpc.cors, vhosts: config.rpc.vhosts },
      suggestedTip: config.rpc.suggestedTipWei,
      onCall: observeCalls(metrics),
    })
    shutdown.add('rpc', () => rpc.close())
    const server = await rpc.listen(config.rpc.port, config.rpc.host)
    shutdown.add('rpc server', () => server.close())
    logger.info({ url: server.url }, 'serving JSON-RPC over HTTP and WebSocket')

    if (config.health.port === undefined) return
    const health = await startHealthServer({
      port: config.health.port,
      host: config.health.host,
      notReady: () => readiness.reasons(),
      status: () => ({ node: node.status(), rpc: { url: server.url, pending: rpc.pending() } }),
      metrics: () => metrics.registry.metrics(),
    })
    shutdown.add('health', () => health.close())
    logger.info({ url: health.url }, 'health server listens')
  },
})
