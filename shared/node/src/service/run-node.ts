import { readFileSync } from 'node:fs'
import { decodeRollupConfig } from '@crema/protocol'
import { componentLogger, type Metrics, type Readiness, type ServiceContext, systemClock } from '@crema/service-kit'
import { openNode } from '../open-node.ts'
import type { RollupNode } from '../types.ts'
import type { NodeConfig } from './config.ts'
import { observeNode } from './metrics.ts'

/** A service's context with its metrics. */
export interface NodeServiceContext extends Pick<ServiceContext, 'logger' | 'shutdown' | 'signal' | 'fail'> {
  readonly metrics: Metrics
}

/**
 * Opens the configured node and runs it for the life of the service; the database closes after everything that was registered later.
 * Readiness: `node` becomes ready when the node has caught up with L1. Throws what `openNode` throws.
 */
export async function runNode(
  config: NodeConfig,
  context: NodeServiceContext,
  readiness: Readiness,
): Promise<RollupNode> {
  const logger = componentLogger(context.logger, 'node')
  const { node, close } = await openNode({
    config: decodeRollupConfig(readFileSync(config.rollup, 'utf8')),
    dataDir: config.dataDir,
    l1Url: config.l1.rpcUrl,
    sequencerUrl: config.sequencer.url,
    clock: systemClock,
    logger,
    settings: {
      l1PollMs: config.l1.pollMs,
      l1Range: BigInt(config.l1.range),
      laneRange: 64,
      sequencerPollMs: config.sequencer.pollMs,
      sequencerTimeoutMs: config.sequencer.timeoutMs,
    },
  })
  observeNode(node, context.metrics)
  node.onEvent((event) => {
    if (event.type === 'alarm') logger.error({ alarm: event.alarm.code, ...event.alarm.details }, event.alarm.message)
  })
  const running = node.run(context.signal)
  running.catch((error: unknown) => context.fail(error))
  context.shutdown.add('node', async () => {
    await running.catch(() => {})
    close()
  })
  trackReadiness(node, readiness)
  return node
}

function trackReadiness(node: RollupNode, readiness: Readiness): void {
  const update = (): void => {
    const { mode } = node.status()
    if (mode === 'syncing') readiness.notReady('node', 'catching up with L1')
    else readiness.ready('node')
  }
  update()
  node.onEvent(update)
}
