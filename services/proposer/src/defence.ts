import { type Alert, createDisputeMetrics, createNodeDisputes, type NodeDisputes } from '@crema/dispute'
import type { L1Client } from '@crema/l1'
import type { TraceStore } from '@crema/machine'
import type { RollupNode } from '@crema/node'
import { type Clock, componentLogger, type Logger, type Metrics } from '@crema/service-kit'
import type { IntentStore, TxManager } from '@crema/tx-manager'
import type { ProposerConfig } from './config.ts'
import { defenceLimits } from './defence-limits.ts'
import type { RightLineReader } from './line.ts'

/** What a proposer defends its assertions with. */
export interface DefencePorts {
  readonly config: Pick<ProposerConfig, 'proposer' | 'defence'>
  readonly node: RollupNode
  readonly l1: L1Client
  /** The proposer's own: one key, one manager. */
  readonly tx: Pick<TxManager, 'address' | 'send' | 'heldBack'>
  readonly intents: Pick<IntentStore, 'get'>
  readonly store: TraceStore
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Pick<Metrics, 'declare'>
  /** Alerts about what it stands on, told beside its own. */
  readonly alerts?: () => readonly Alert[]
  /** The assertions that the proposer builds on. */
  readonly line: Pick<RightLineReader, 'carries' | 'bondsOf'>
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
  return createNodeDisputes({
    ...ports,
    head: config.proposer.head,
    logger: componentLogger(logger, 'defence'),
    onEvent: createDisputeMetrics(metrics),
    defends: ({ id, proposer }) => proposer.toLowerCase() === address || line.carries(address, id),
    settings: {
      mode: config.defence.mode,
      limits: defenceLimits(config.defence, {
        rollup: ports.node.config,
        standing: () => line.bondsOf(address).size,
      }),
      pollMs: config.proposer.pollMs,
      maxInFlight: IN_FLIGHT,
      giveUpMs: config.proposer.giveUpMs,
      spreadMs: config.defence.spreadMs,
      releases: false,
    },
  })
}
