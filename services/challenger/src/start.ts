import { describeAgent } from '@crema/dispute'
import { checkL1Chain, createL1Client } from '@crema/l1'
import { runNode } from '@crema/node'
import type { Address, Hash } from '@crema/protocol'
import {
  componentLogger,
  createReadiness,
  type Metrics,
  type ServiceContext,
  startHealthServer,
  systemClock,
} from '@crema/service-kit'
import { createChallenger } from './app.ts'
import type { ChallengerConfig } from './config.ts'
import { createChallengerDisputes } from './disputes/create-disputes.ts'
import { createExplainer } from './explain/create-explainer.ts'
import { createToldExplanations } from './explain/told-explanations.ts'
import { createJudgementMetrics } from './metrics.ts'

/** What the service is started with. */
export type StartContext = ServiceContext & { readonly config: ChallengerConfig; readonly metrics: Metrics }

/** Starts the challenger: judges every assertion, and plays their disputes as far as its mode lets it. */
export async function startChallenger(context: StartContext): Promise<void> {
  const { config, logger, metrics, shutdown, signal } = context
  const readiness = createReadiness(['node'])
  const node = await runNode(config, context, readiness)
  const l1 = createL1Client({ url: config.l1.rpcUrl })
  await checkL1Chain(l1, node.config.l1ChainId)
  const challenger = createChallenger({
    ...{ node, l1, settings: config.challenger },
    clock: systemClock,
    logger: componentLogger(logger, 'challenger'),
    ...createJudgementMetrics(metrics),
  })
  // Closed after the transaction manager: what waits for a transaction ends with it.
  let running: Promise<unknown> = Promise.resolve()
  shutdown.add('challenger', () => running)
  const disputes = createChallengerDisputes({ config, node, l1, logger, metrics, readiness, shutdown })
  running = Promise.all([challenger.run(signal), disputes.run(signal)])
  const explainer = createExplainer({
    ...{ ...disputes, node, l1, limits: disputes.limits },
    mode: config.challenger.mode,
    address: (disputes.address ?? NOBODY) as Address,
    mayBuild: (id) => disputes.hasBuilt(id),
  })
  const told = createToldExplanations(explainer, systemClock, config.challenger.pollMs)

  /** Assertions that an operator asks about: wrong ones, and both sides of what is disputed. */
  function questionable(): Hash[] {
    const wrong = challenger.judgements().flatMap(({ assertion, verdict }) => {
      return verdict.verdict === 'disagree' ? [assertion.id] : []
    })
    const disputed = disputes.agent.states().flatMap(({ parent, assertions }) => {
      return parent.firstRivalAt === 0n ? [] : assertions.map(({ id }) => id)
    })
    return [...new Set([...wrong, ...disputed])]
  }

  if (config.health.port !== undefined) {
    const health = await startHealthServer({
      port: config.health.port,
      host: config.health.host,
      notReady: () => readiness.reasons(),
      status: async () => ({
        node: node.status(),
        challenger: challenger.status(),
        disputes: describeAgent(disputes.agent.status()),
        explanations: await told.of(questionable()),
        tx: await disputes.txStatus?.(),
      }),
      metrics: () => metrics.registry.metrics(),
      questions: { explain: (id) => told.one(id as Hash) },
    })
    shutdown.add('health', () => health.close())
    logger.info({ url: health.url }, 'health server listens')
  }
  logger.info({ mode: config.challenger.mode, address: disputes.address }, 'challenger runs')
}

const NOBODY = `0x${'00'.repeat(20)}`
