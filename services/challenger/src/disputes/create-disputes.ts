import { join } from 'node:path'
import { openTraceStore } from '@crema/chain-store'
import {
  createDisputeMetrics,
  createHeadWatch,
  createNodeDisputes,
  type DisputeAgentEvent,
  type DisputeAgentStatus,
  type Limits,
  type NodeDisputes,
} from '@crema/dispute'
import { createL1Client, type L1Client } from '@crema/l1'
import type { RollupNode } from '@crema/node'
import type { Hash } from '@crema/protocol'
import {
  componentLogger,
  type Logger,
  type Metrics,
  type Readiness,
  type Shutdown,
  sleep,
  systemClock,
} from '@crema/service-kit'
import type { TxManager } from '@crema/tx-manager'
import { type ChallengerConfig, reserveRules } from '../config.ts'
import { limitsOf } from './limits.ts'
import { openSender } from './open-sender.ts'
import { aliveOpponents } from './opponents.ts'
import { createPurse } from './purse.ts'

export interface ChallengerDisputesPorts {
  readonly config: ChallengerConfig
  readonly node: RollupNode
  readonly l1: L1Client
  readonly logger: Logger
  readonly metrics: Metrics
  readonly readiness: Readiness
  readonly shutdown: Shutdown
}

/** The challenger's disputes: the agent with its key, traces and bounds. */
export interface ChallengerDisputes extends NodeDisputes {
  /** Undefined without a key. */
  readonly address: string | undefined
  readonly limits: Limits
  /** Whether the trace of a right child is at hand. */
  hasBuilt(assertionId: Hash): boolean
  /** Of the key; undefined without one. */
  readonly txStatus: (() => ReturnType<TxManager['status']>) | undefined
  /** Plays until the signal aborts; also while the node catches up, when it stakes nothing. */
  run(signal: AbortSignal): Promise<void>
}

/** L1 blocks asked for at once. */
const RANGE = 2_000n

/** Opens what the agent needs and registers what is to be closed. Throws `ChainStoreError`, `TxUsageError`. */
export function createChallengerDisputes(ports: ChallengerDisputesPorts): ChallengerDisputes {
  const { config, node, l1, logger, metrics, readiness, shutdown } = ports
  const settings = config.challenger
  const store = openTraceStore(join(config.dataDir, 'traces.sqlite'))
  shutdown.add('traces', () => store.close())
  const sender = openSender(config, { l1, l1ChainId: node.config.l1ChainId, logger, metrics })
  const { tx, intents, status: txStatus } = sender
  shutdown.add('tx-manager', () => sender.close())
  const isKeyless = txStatus === undefined
  const purse = isKeyless
    ? undefined
    : createPurse({
        ...{ l1, address: tx.address, readiness, metrics },
        rules: reserveRules(config),
        opponents: () => aliveOpponents(disputes.agent),
        nextStakeWei: () => nextStakeWei(disputes.agent.status(), node.config.stake),
        logger: componentLogger(logger, 'purse'),
      })
  const headWatch = createHeadWatch({
    ...{ l1, readiness, clock: systemClock },
    ...{ maxAgeSeconds: settings.maxL1AgeSeconds, pollMs: settings.pollMs },
  })
  const measure = createDisputeMetrics(metrics)
  const built = new Set<Hash>()
  const onEvent = (event: DisputeAgentEvent): void => {
    measure(event)
    if (event.kind === 'trace-built') built.add(event.assertionId)
  }
  const limits = limitsOf(settings, {
    atRiskWei: () => disputes.agent.status().atRiskWei,
    spendableWei: () => purse?.spendableWei() ?? 0n,
    challengePeriod: node.config.challengePeriod,
  })
  const disputes: NodeDisputes = createNodeDisputes({
    ...{ node, l1, tx, intents, store, onEvent },
    clock: systemClock,
    alerts: headWatch.alerts,
    logger: componentLogger(logger, 'disputes'),
    head: settings.head,
    witnesses: settings.witnessUrls.map((url) => ({ name: new URL(url).host, client: createL1Client({ url }) })),
    settings: {
      mode: settings.mode,
      limits,
      pollMs: settings.pollMs,
      maxInFlight: settings.maxInFlight,
      giveUpMs: settings.giveUpMs,
      spreadMs: settings.spreadMs,
      releases: true,
      rangeBlocks: RANGE,
    },
  })

  async function watchPurse(signal: AbortSignal): Promise<void> {
    while (purse !== undefined && !signal.aborted) {
      await purse.refresh().catch((error: unknown) => logger.warn({ err: error }, 'the balance cannot be read'))
      await sleep(settings.pollMs, signal).catch(() => {})
    }
  }

  return {
    ...disputes,
    ...{ address: isKeyless ? undefined : tx.address, txStatus, limits },
    hasBuilt: (assertionId) => built.has(assertionId),
    run: async (signal) => {
      await Promise.all([disputes.agent.run(signal), watchPurse(signal), headWatch.run(signal)])
    },
  }
}
/** A stake is asked for while none of ours is out; until the first look nobody knows. */
function nextStakeWei({ lastLookAt, atRiskWei }: DisputeAgentStatus, stake: bigint): bigint {
  return lastLookAt === undefined || atRiskWei > 0n ? 0n : stake
}
