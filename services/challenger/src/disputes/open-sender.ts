import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openIntentStore } from '@crema/chain-store'
import type { L1Client } from '@crema/l1'
import { type Address, CremaError } from '@crema/protocol'
import { componentLogger, type Logger, type Metrics } from '@crema/service-kit'
import { createSigner, createTxManager, createTxMetrics, type IntentStore, type TxManager } from '@crema/tx-manager'
import { type ChallengerConfig, etherToWei, gweiToWei } from '../config.ts'

/** What sends: a transaction manager with its store, or nothing at all without a key. */
export interface OpenedSender {
  readonly tx: Pick<TxManager, 'address' | 'send' | 'heldBack'>
  readonly intents: Pick<IntentStore, 'get'>
  /** For /status; undefined without a key. */
  readonly status: (() => ReturnType<TxManager['status']>) | undefined
  close(): Promise<void>
}

const NOBODY: Address = `0x${'00'.repeat(20)}`

/** Opens the key and the intents of the data directory. Throws `ChainStoreError` `STORE_LOCKED` while another process has them, and `TxUsageError`. */
export function openSender(
  config: ChallengerConfig,
  { l1, l1ChainId, logger, metrics }: { l1: L1Client; l1ChainId: bigint; logger: Logger; metrics: Metrics },
): OpenedSender {
  if (config.signer === undefined || config.challenger.mode === 'watch') return keyless()
  mkdirSync(config.dataDir, { recursive: true })
  const signer = createSigner(config.signer)
  const store = openIntentStore(join(config.dataDir, 'intents.sqlite'))
  const tx = createTxManager({
    clients: [l1],
    ...{ signer, store },
    logger: componentLogger(logger, 'tx-manager'),
    metrics: createTxMetrics(metrics),
    config: {
      chainId: Number(l1ChainId),
      confirmations: config.tx.confirmations,
      resubmitMs: config.tx.resubmitMs,
      pollMs: config.tx.pollMs,
      maxInFlight: config.challenger.maxInFlight,
      maxFeeCapWei: gweiToWei(config.tx.maxFeeCapGwei),
      maxCostWei: etherToWei(config.tx.maxCostEther),
    },
  })
  return {
    ...{ tx, intents: store, status: () => tx.status() },
    close: async () => {
      await tx.close()
      store.close()
    },
  }
}

function keyless(): OpenedSender {
  const send = () => Promise.reject(new CremaError('challenger.keyless', 'there is no key to send with'))
  const tx = { address: NOBODY, send, heldBack: () => new Set<string>() }
  return { tx, intents: { get: () => undefined }, status: undefined, close: async () => {} }
}
