import { createL1Client } from '@crema/l1'
import {
  createReadiness,
  type Logger,
  type Metrics,
  periodic,
  retry,
  type ServiceContext,
  sleep,
  startHealthServer,
  systemClock,
} from '@crema/service-kit'
import { startApiServer } from './api/server.ts'
import { createSequencer, honestPorts, type Sequencer } from './app.ts'
import { initialFaults, type SequencerConfig } from './config.ts'
import { startFaultAdmin } from './faults/admin.ts'
import { faultyApi } from './faults/api.ts'
import { faultyPorts } from './faults/ports.ts'
import { silencedApi } from './faults/silence.ts'
import { createFaultSwitches } from './faults/switches.ts'
import { createOriginTracker } from './l1/origin-tracker.ts'
import { readOrigin } from './l1/read-origin.ts'
import { type L1View, l1Reader } from './l1/watch-l1.ts'
import { lanesOf, readSetup } from './setup.ts'

/** Time that L1 has to show where it stands when the configuration states the whole set. */
const firstLookMs = 500

/** Starts the sequencer's process from its configuration: L1, sequencer, faults, API, health. */
export async function startSequencer(
  context: ServiceContext & { readonly config: SequencerConfig; readonly metrics: Metrics },
): Promise<void> {
  const { config, metrics, logger, shutdown, signal, fail } = context
  const client = createL1Client({ url: config.l1.rpcUrl })
  const readiness = createReadiness(['sequencer'])
  const lanes = lanesOf(config)
  let running: Sequencer | undefined

  if (config.health.port !== undefined) {
    const health = await startHealthServer({
      host: config.health.host,
      port: config.health.port,
      notReady: readiness.reasons,
      status: () => ({ height: running?.chain.state.height, origin: running?.chain.state.origin }),
      metrics: metrics.text,
    })
    shutdown.add('health', health.close)
    logger.info({ url: health.url }, 'health')
  }

  const { fromL1, ...setup } = await readSetup(config, client, logger, signal)
  const readL1 = l1Reader(client, setup, lanes)
  const l1 = await firstLook(readL1, fromL1, logger, signal)
  const tracker = createOriginTracker(() => readOrigin(client, config.l1.origin))
  const faults = initialFaults(config)
  const switches = faults && createFaultSwitches(faults)
  const honest = honestPorts(systemClock, tracker.source)
  const sequencer = await createSequencer({
    ...setup,
    l1,
    dataDir: config.dataDir,
    lanes,
    ports: switches ? faultyPorts(honest, switches) : honest,
    clock: systemClock,
    logger,
    metrics,
    blockTimeMs: config.blockTimeMs,
    pool: config.pool,
    quota: config.quota,
    orderAgainMs: config.orderAgainMs,
    recentTransactions: config.recentTransactions,
    onBroken: fail,
  })
  running = sequencer
  shutdown.add('sequencer', sequencer.close)
  const origins = periodic(tracker.refresh, config.l1.pollMs, signal, logger, 'origin')
  shutdown.add('origin', () => origins.done)
  const watch = async () => {
    const view = await readL1()
    await sequencer.heed(view)
    const over = sequencer.epochOver()
    if (over === undefined) readiness.ready('epoch')
    else readiness.notReady('epoch', over)
  }
  const watching = periodic(watch, config.l1.pollMs, signal, logger, 'l1')
  shutdown.add('l1', () => watching.done)

  let { api } = sequencer
  if (switches) {
    api = silencedApi(faultyApi(api, { switches, committee: setup.committee, lanes, setId: setup.setId }), switches)
    const admin = await startFaultAdmin(switches, config.faults.port!)
    shutdown.add('faults', admin.close)
    logger.warn({ port: admin.port }, 'fault switches are on')
  }
  const onFailure = (err: unknown) => logger.error({ err }, 'request failed')
  const server = await startApiServer({ api, host: config.host, port: config.port, onFailure })
  shutdown.add('api', server.close)
  readiness.ready('sequencer')
  logger.info({ url: server.url }, 'listening')
}

/**
 * What L1 shows before the first header is signed; waits until it answers. An operator who states the whole set starts without L1, and
 * the log is compared as soon as L1 is there.
 */
async function firstLook(
  read: () => Promise<L1View>,
  wait: boolean,
  logger: Logger,
  signal: AbortSignal,
): Promise<L1View | undefined> {
  const onRetry = (err: unknown) => logger.warn({ err }, 'the log cannot be compared with L1, waiting')
  if (wait) return retry(read, { signal, onRetry, maxMs: 5_000 })
  const late = sleep(firstLookMs, signal).then(() => Promise.reject(new Error('L1 does not answer in time')))
  return Promise.race([read(), late]).catch((err: unknown) => {
    logger.warn({ err }, 'the log is not compared with L1 yet')
    return undefined
  })
}
