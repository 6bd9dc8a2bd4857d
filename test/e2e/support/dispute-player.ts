import { join } from 'node:path'
import { openIntentStore } from '@crema/chain-store'
import {
  createDisputeAgent,
  type DisputeAgent,
  type DisputeAgentEvent,
  type Mode,
  type OwnChildren,
  type OwnTraces,
} from '@crema/dispute'
import { createLogger, systemClock } from '@crema/service-kit'
import { type ForcedRollup, testKey } from '@crema/testing'
import { createTxManager, privateKeySigner, type TxManager } from '@crema/tx-manager'

/** A dispute agent in this process, with a transaction manager of its own. */
export interface DisputePlayer {
  readonly agent: DisputeAgent
  readonly events: readonly DisputeAgentEvent[]
  readonly tx: Pick<TxManager, 'status'>
  /** Ends it; nothing is sent any more. */
  stop(): Promise<void>
}

export interface DisputePlayerOptions {
  /** Its intents are kept in `dir`. */
  readonly rollup: Pick<ForcedRollup, 'l1' | 'config' | 'dir'>
  /** Account of the test mnemonic. */
  readonly account: number
  readonly mode: Mode
  /** Default 0: nobody else makes the same calls. */
  readonly spreadMs?: number
  readonly children: OwnChildren
  readonly traces: OwnTraces
  readonly onEvent?: (event: DisputeAgentEvent) => void
}

/** Starts an agent that looks ten times a second. The L1 must mine by itself. */
export function startDisputePlayer(options: DisputePlayerOptions): DisputePlayer {
  const { rollup, account, mode, children, traces } = options
  const { l1, config, dir } = rollup
  const logger = createLogger({ service: `player-${account}`, level: 'fatal' })
  const store = openIntentStore(join(dir, `intents-${account}.sqlite`))
  const tx = createTxManager({
    clients: [l1],
    signer: privateKeySigner(testKey(account)),
    store,
    logger,
    config: { chainId: Number(config.l1ChainId), pollMs: 50, retryMs: 100, confirmations: 1, resubmitMs: 3_000 },
  })
  const events: DisputeAgentEvent[] = []
  const { assertionChain, disputeManager, bondVault, guardianPause } = config.l1Contracts
  const agent = createDisputeAgent({
    l1,
    contracts: { assertionChain, disputeManager, bondVault, guardianPause },
    fromBlock: config.l1StartBlock,
    tx,
    intents: store,
    children,
    traces,
    clock: systemClock,
    logger,
    settings: {
      mode,
      limits: {
        maxStakeWei: config.stake,
        maxAtRiskWei: 10n * config.stake,
        minClockSeconds: 1n,
        minCollectWei: 0n,
      },
      pollMs: 100,
      maxInFlight: 8,
      giveUpMs: 60_000,
      spreadMs: options.spreadMs ?? 0,
      releases: true,
    },
    onEvent: (event) => {
      events.push(event)
      options.onEvent?.(event)
    },
  })
  const stopping = new AbortController()
  const running = agent.run(stopping.signal)
  let stopped: Promise<void> | undefined
  const end = async (): Promise<void> => {
    stopping.abort()
    await running
    await tx.close()
    store.close()
  }
  return {
    agent,
    events,
    tx,
    stop: () => {
      stopped ??= end()
      return stopped
    },
  }
}
