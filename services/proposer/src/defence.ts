import {
  type Alert,
  createDisputeMetrics,
  createNodeDisputes,
  leastClockSeconds,
  type NodeDisputes,
} from '@crema/dispute'
import type { L1Client } from '@crema/l1'
import type { TraceStore } from '@crema/machine'
import type { RollupNode } from '@crema/node'
import { type Clock, componentLogger, type Logger, type Metrics } from '@crema/service-kit'
import type { IntentStore, TxManager } from '@crema/tx-manager'
import { etherToWei, type ProposerConfig } from './config.ts'
import type { RightLineReader } from './line.ts'

/** What a proposer defends its assertions with. */
export interface DefencePorts {
  readonly config: Pick<ProposerConfig, 'proposer' | 'defence'>
  readonly node: RollupNode
  readonly l1: L1Client
  /** The proposer's own: one key, one manager. */
  readonly tx: Pick<TxManager, 'address' | 'send'>
  readonly intents: Pick<IntentStore, 'get'>
  readonly store: TraceStore
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Pick<Metrics, 'declare'>
  /** Alerts about what it stands on, told beside its own. */
  readonly alerts?: () => readonly Alert[]
  /** The assertions that the proposer builds on. */
  readonly line: Pick<RightLineReader, 'carries'>
}

/** Calls under way at a time. */
const IN_FLIGHT = 16

/**
 * An agent that commits the trace of a rivalled assertion on which an own stake stands, be it further down, and plays its duels: who made the assertion does not
 * matter, for the stake falls with it. What carries no own stake it leaves to others. Bonds that are free stay with the proposer, which rolls them on or takes them home.
 */
export function createDefence(ports: DefencePorts): NodeDisputes {
  const { config, tx, metrics, logger, line } = ports
  const address = tx.address.toLowerCase()
  const { mode, maxStakeEther, maxAtRiskEther, giveUpMs } = { ...config.proposer, ...config.defence }
  return createNodeDisputes({
    ...ports,
    head: config.proposer.head,
    logger: componentLogger(logger, 'defence'),
    onEvent: createDisputeMetrics(metrics),
    defends: ({ id, proposer }) => proposer.toLowerCase() === address || line.carries(address, id),
    settings: {
      mode,
      limits: {
        maxStakeWei: etherToWei(maxStakeEther),
        maxAtRiskWei: etherToWei(maxAtRiskEther),
        minClockSeconds: leastClockSeconds(ports.node.config.challengePeriod),
        minCollectWei: 0n,
      },
      pollMs: config.proposer.pollMs,
      maxInFlight: IN_FLIGHT,
      giveUpMs,
      spreadMs: config.defence.spreadMs,
      releases: false,
    },
  })
}
