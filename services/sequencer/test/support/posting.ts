import { join } from 'node:path'
import { openIntentStore } from '@crema/chain-store'
import { createHttpSequencerClient } from '@crema/sequencer-client'
import { createLogger, createMetrics, periodic, systemClock } from '@crema/service-kit'
import { testKey } from '@crema/testing'
import { createTxManager, privateKeySigner, type TxEvent } from '@crema/tx-manager'
import { onTestFinished } from 'vitest'
import { honestPorts, type SequencerDeps } from '../../src/app.ts'
import { faultyPorts } from '../../src/faults/ports.ts'
import { createFaultSwitches } from '../../src/faults/switches.ts'
import { createOriginTracker } from '../../src/l1/origin-tracker.ts'
import { readOrigin } from '../../src/l1/read-origin.ts'
import { readInboxSetup } from '../../src/poster/inbox-setup.ts'
import { createPoster } from '../../src/poster/poster.ts'
import { lane, type Rollup } from './rollup.ts'
import { running } from './running.ts'
import { tempDir } from './temp-dir.ts'

const logger = createLogger({ service: 'poster-test', level: 'fatal' })

/** A sequencer of the rollup's committee in this process that follows its L1, with the faults of certified content. */
export async function sequencerOf(chain: Rollup, blockTimeMs = 50, options: Partial<SequencerDeps> = {}) {
  const faults = createFaultSwitches()
  const tracker = createOriginTracker(() => readOrigin(chain.l1, 'latest-minus-1'))
  const stop = new AbortController()
  const loop = periodic(tracker.refresh, 100, stop.signal, logger)
  onTestFinished(async () => {
    stop.abort()
    await loop.done
  })
  const run = await running({
    committee: chain.committee,
    setId: chain.setId,
    genesisOrigin: chain.genesisOrigin,
    lanes: [{ lane, inbox: chain.inbox }],
    ports: faultyPorts(honestPorts(systemClock, tracker.source), faults),
    blockTimeMs,
    quota: { bytesPerWindow: 1e9, windowMs: 1_000 },
    ...options,
  })
  return { ...run, faults }
}

/** Fee limits in wei, times in milliseconds. */
export interface PosterOptions {
  readonly maxDelayMs?: number
  readonly feePatienceMs?: number
  readonly maxCostWei?: bigint
}

/** A poster with a real transaction manager and account `index`, in this process. */
export async function posterOf(chain: Rollup, sequencerUrl: string, index: number, options: PosterOptions = {}) {
  const store = openIntentStore(join(tempDir(), 'intents.sqlite'))
  const events: TxEvent[] = []
  const transactions = createTxManager({
    clients: [chain.l1],
    signer: privateKeySigner(testKey(index)),
    store,
    logger,
    config: {
      ...{ chainId: 31_337, pollMs: 50, retryMs: 100, confirmations: 2, resubmitMs: 1_000 },
      ...(options.maxCostWei === undefined ? {} : { maxCostWei: options.maxCostWei }),
    },
    onEvent: (event) => {
      events.push(event)
      if (event.type === 'fee-limit') poster.feeLimited(event.key)
      if (event.type === 'published') poster.published(event.key)
    },
  })
  const setup = await readInboxSetup(chain.l1, chain.inbox)
  const poster = createPoster({
    client: chain.l1,
    sequencer: createHttpSequencerClient({ url: sequencerUrl }),
    transactions,
    setup,
    limits: { maxBytes: 100_000, maxBlocks: 64 },
    maxDelayMs: options.maxDelayMs ?? 100,
    feePatienceMs: options.feePatienceMs ?? 60_000,
    giveUpMs: 600_000,
    pollMs: 100,
    originMode: 'latest-minus-1',
    heartbeatAfterMs: 200,
    clock: systemClock,
    logger,
    metrics: createMetrics('poster-test'),
  })
  onTestFinished(async () => {
    await poster.close()
    await transactions.close()
    store.close()
  })
  return { poster, transactions, events }
}
