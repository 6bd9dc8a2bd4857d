import { checkL1Chain, createL1Client } from '@crema/l1'
import { runNode } from '@crema/node'
import { componentLogger, createReadiness, runMain, startHealthServer, systemClock } from '@crema/service-kit'
import { createChallenger } from './app.ts'
import { challengerConfig } from './config.ts'

await runMain({
  name: 'challenger',
  version: '0.1.0',
  schema: challengerConfig,
  start: async (context) => {
    const { config, logger, metrics, shutdown, signal } = context
    const readiness = createReadiness(['node'])
    const node = await runNode(config, context, readiness)
    const l1 = createL1Client({ url: config.l1.rpcUrl })
    await checkL1Chain(l1, node.config.l1ChainId)
    const declared = metrics.declare({
      judgements: {
        type: 'counter',
        name: 'judgements_total',
        help: 'Judgements of assertions.',
        labels: ['verdict'],
      },
      assertions: {
        type: 'gauge',
        name: 'assertions',
        help: 'Assertions on L1 by what this node thinks of them; disagree above 0 is an alarm.',
        labels: ['verdict'],
      },
      checked: { type: 'gauge', name: 'assertions_checked_l1_number', help: 'Last L1 block read for assertions.' },
    })
    const challenger = createChallenger({
      node,
      l1,
      clock: systemClock,
      logger: componentLogger(logger, 'challenger'),
      settings: config.challenger,
      onJudgement: ({ verdict }) => declared.judgements.inc({ verdict: verdict.verdict }),
      onLook: ({ counts, checkedToL1Block }) => {
        for (const [verdict, count] of Object.entries(counts)) declared.assertions.set({ verdict }, count)
        declared.checked.set(Number(checkedToL1Block))
      },
    })
    const running = challenger.run(signal)
    shutdown.add('challenger', () => running)
    if (config.health.port !== undefined) {
      const health = await startHealthServer({
        port: config.health.port,
        host: config.health.host,
        notReady: () => readiness.reasons(),
        status: () => ({ node: node.status(), challenger: challenger.status() }),
        metrics: () => metrics.registry.metrics(),
      })
      shutdown.add('health', () => health.close())
      logger.info({ url: health.url }, 'health server listens')
    }
    logger.info('challenger runs')
  },
})
