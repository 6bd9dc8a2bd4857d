import { join } from 'node:path'
import { openIntentStore, openTraceStore } from '@crema/chain-store'
import type { DisputeAgent } from '@crema/dispute'
import { createL1Client, type L1Client } from '@crema/l1'
import { createLogger, createMetrics, createReadiness, systemClock } from '@crema/service-kit'
import { type ForcedRollup, testKey } from '@crema/testing'
import { createTxManager, privateKeySigner } from '@crema/tx-manager'
import { createProposer, type Proposer, type ProposerStatus } from '../../src/app.ts'
import { createDefence } from '../../src/defence.ts'
import type { ProposerSettings } from '../../src/ports.ts'
import { eventually } from './eventually.ts'

/** A proposer with account `index` in this process. */
export interface RunningProposer extends Proposer {
  readonly missingWei: () => bigint
  readonly notReady: () => readonly string[]
  /** Keys of its intents that are neither confirmed nor failed. */
  readonly open: () => readonly string[]
  /** Resolves with the status once it meets the condition. */
  until(what: string, condition: (status: ProposerStatus) => boolean): Promise<ProposerStatus>
  /** What defends its assertions; undefined unless asked for. */
  readonly defence: DisputeAgent | undefined
  stop(): Promise<void>
}

let stores = 0

/** Starts a proposer on the rollup's node; `storePath` keeps its intents over restarts. */
export function startProposer(
  rollup: ForcedRollup,
  index: number,
  settings: Partial<ProposerSettings> = {},
  {
    l1 = createL1Client({ url: rollup.l1Url }),
    storePath = join(rollup.dir, `intents-${stores++}.sqlite`),
    maxFeeCapWei = 1_000_000_000_000n,
    defends = false,
  }: {
    readonly l1?: L1Client
    readonly storePath?: string
    readonly maxFeeCapWei?: bigint
    readonly defends?: boolean
  } = {},
): RunningProposer {
  const store = openIntentStore(storePath)
  const logger = createLogger({ service: 'proposer-test', level: 'fatal' })
  const chainId = Number(rollup.config.l1ChainId)
  const tx = createTxManager({
    clients: [createL1Client({ url: rollup.l1Url })],
    signer: privateKeySigner(testKey(index)),
    store,
    logger,
    config: { chainId, confirmations: 1, pollMs: 20, retryMs: 50, maxFeeCapWei },
  })
  const readiness = createReadiness()
  let missingWei = 0n
  const proposer = createProposer({
    node: rollup.node,
    l1,
    tx,
    intents: store,
    clock: systemClock,
    logger,
    metrics: {
      did: () => {},
      failed: () => {},
      missing: (wei) => {
        missingWei = wei
      },
      disagrees: () => {},
    },
    readiness,
    settings: {
      ...{ head: 'finalized', intervalSeconds: 0n, pollMs: 20, giveUpMs: 60_000, bondsPollMs: 200 },
      ...{ minBalanceWei: 0n, maxFeeCapWei },
      ...settings,
    },
  })
  const stopping = new AbortController()
  const traces = defends ? openTraceStore(`${storePath}-traces`) : undefined
  const defence =
    traces &&
    createDefence({
      ...{ node: rollup.node, l1, tx, intents: store, store: traces, logger, clock: systemClock },
      metrics: createMetrics('proposer'),
      line: proposer.line,
      config: {
        proposer: {
          ...{ head: 'finalized', pollMs: 100, giveUpMs: 60_000, maxL1AgeSeconds: 300 },
          ...{ intervalSeconds: 0, minBalanceEther: 0 },
        },
        defence: { mode: 'resolve', maxStakeEther: 1, maxAtRiskEther: 10, spreadMs: 0 },
      },
    }).agent
  const running = Promise.all([proposer.run(stopping.signal), defence?.run(stopping.signal)])
  return {
    ...proposer,
    defence,
    missingWei: () => missingWei,
    notReady: () => readiness.reasons(),
    open: () => store.open(chainId, tx.address).map(({ key }) => key),
    until: async (what, condition) => {
      let met: ProposerStatus | undefined
      await eventually(what, async () => {
        const status = proposer.status()
        if (condition(status)) met = status
        return met !== undefined
      })
      return met!
    },
    stop: async () => {
      stopping.abort()
      await tx.close()
      await running
      traces?.close()
      store.close()
    },
  }
}
