import type { Address, Hex } from '@crema/protocol'
import { type Clock, type Logger, periodic, systemClock } from '@crema/service-kit'
import { concatHex, keccak256, numberToHex } from 'viem'
import { createChain, type EthClient } from './chain.ts'
import { type Context, fillerPrefix, save, type Tracked, track } from './engine/context.ts'
import { useUpNonce } from './engine/nonces.ts'
import { tick } from './engine/tick.ts'
import { TxManagerClosedError, TxUsageError } from './errors.ts'
import type { TxEvent, TxMetrics } from './events.ts'
import { noTxMetrics } from './metrics.ts'
import { outcomeOf } from './outcome.ts'
import { isSettled } from './state.ts'
import { readStatus, type TxManagerStatus } from './status.ts'
import type { IntentStore } from './store.ts'
import {
  defaultTxConfig,
  type FeeLimits,
  type Intent,
  type Receipt,
  type Signer,
  type TxManagerConfig,
} from './types.ts'

/** Ports and settings of a manager. */
export interface TxManagerOptions {
  /** Reads go to the first, transactions to all. Without caches or retries of its own: the manager has them. */
  readonly clients: readonly [EthClient, ...EthClient[]]
  readonly signer: Signer
  readonly store: IntentStore
  readonly logger: Logger
  readonly config: Pick<TxManagerConfig, 'chainId'> & Partial<TxManagerConfig>
  readonly clock?: Clock
  readonly metrics?: TxMetrics
  /** Told of everything that happens; must not throw. */
  readonly onEvent?: (event: TxEvent) => void
}

/** Sends transactions of one key, each exactly once, whatever crashes. */
export interface TxManager {
  readonly address: Address
  /**
   * Queues an intent and resolves when it is final. The same key gives the same outcome, also after a restart.
   * @throws TxFailedError for good; TxUsageError `tx.key-conflict` when the key stands for another call;
   * TxManagerClosedError when the manager closes first (the intent goes on at the next start).
   */
  send(intent: Intent): Promise<Receipt>
  /**
   * Uses up a nonce by an empty transaction; resolves when that, or another transaction of the nonce, is final.
   * An intent of ours that loses its nonce so fails with `tx.cancelled`.
   * @throws TxUsageError `tx.nonce-used` for a nonce mined already.
   */
  cancel(nonce: number): Promise<void>
  status(): Promise<TxManagerStatus>
  /** Keys of the intents that a fee limit or a lack of funds keeps from being signed; others overtake them. One that was signed and may not be bumped is none of them. */
  heldBack(): ReadonlySet<string>
  /** Changes fee limits from now on. */
  setLimits(limits: Partial<FeeLimits>): void
  /** Stops after the current step. Open intents stay in the store; their waiters get TxManagerClosedError. */
  close(): Promise<void>
}

/** Keys that have a manager in this process. */
const busy = new Set<string>()

const callHash = ({ to, data = '0x', valueWei = 0n }: Intent) =>
  keccak256(concatHex([to, numberToHex(valueWei, { size: 32 }), data]))

function check(intent: Intent): void {
  const bad = (message: string) => {
    throw new TxUsageError('tx.bad-intent', message, { details: { key: intent.key } })
  }
  if (intent.key === '' || intent.key.startsWith(fillerPrefix)) bad('the key is empty or reserved')
  if (!/^0x[0-9a-fA-F]{40}$/.test(intent.to)) bad('`to` is no address')
  if (!/^0x([0-9a-fA-F]{2})*$/.test(intent.data ?? '0x')) bad('`data` is no hex string of whole bytes')
  if ((intent.valueWei ?? 0n) < 0n || (intent.valueWei ?? 0n) >= 1n << 256n) bad('`valueWei` is out of range')
  if (intent.gasLimit !== undefined && intent.gasLimit < 21_000n) bad('`gasLimit` is below 21,000')
}

function rowOf(context: Context, intent: Intent) {
  const nowMs = context.clock.nowMs()
  return {
    key: intent.key,
    chainId: context.config.chainId,
    sender: context.signer.address,
    to: intent.to.toLowerCase() as Address,
    data: (intent.data ?? '0x').toLowerCase() as Hex,
    valueWei: intent.valueWei ?? 0n,
    callHash: callHash(intent),
    gasLimit: intent.gasLimit ?? null,
    deadlineMs: intent.deadlineMs ?? null,
    state: 'queued',
    nonce: null,
    cancelRequested: false,
    receipt: null,
    error: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  } as const
}

function createContext(options: TxManagerOptions): Context {
  const { store, signer, logger } = options
  const config = { ...defaultTxConfig, ...options.config }
  const spent = store.receipts(config.chainId, signer.address)
  const context: Context = {
    config,
    chain: createChain(options.clients),
    signer,
    store,
    clock: options.clock ?? systemClock,
    log: logger,
    metrics: options.metrics ?? noTxMetrics,
    emit: options.onEvent ?? (() => {}),
    tracked: new Map(),
    gapSightings: new Map(),
    reconciled: false,
    pruneAtMs: 0,
    bumps: 0,
    feesSpentWei: spent.reduce((sum, { gasUsed, effectiveGasPriceWei }) => sum + gasUsed * effectiveGasPriceWei, 0n),
  }
  for (const record of store.open(config.chainId, signer.address)) track(context, record)
  return context
}

/**
 * Starts a manager: resumes the open intents of the store and works until closed.
 * @throws TxUsageError `tx.sender-busy` when this process has a manager for the key and chain already.
 */
export function createTxManager(options: TxManagerOptions): TxManager {
  const owner = `${options.config.chainId}:${options.signer.address}`
  if (busy.has(owner)) throw new TxUsageError('tx.sender-busy', 'the key has a manager already', { details: { owner } })
  const context = createContext(options)
  busy.add(owner)
  const stopping = new AbortController()
  const loop = periodic(
    (signal) => tick(context, signal),
    context.config.pollMs,
    stopping.signal,
    context.log,
    'tx-manager',
  )

  const send = async (intent: Intent): Promise<Receipt> => {
    check(intent)
    if (stopping.signal.aborted) throw new TxManagerClosedError(intent.key)
    const row = rowOf(context, intent)
    const record = context.store.insert(row)
    if (record.callHash !== row.callHash || record.sender !== row.sender || record.chainId !== row.chainId) {
      const message = 'the key stands for another transaction'
      throw new TxUsageError('tx.key-conflict', message, { details: { key: intent.key } })
    }
    if (isSettled(record.state)) return outcomeOf(record)
    const tracked = context.tracked.get(intent.key) ?? track(context, record)
    tracked.isDone ??= intent.isDone
    tracked.abi ??= intent.abi
    loop.wake()
    return tracked.outcome.promise
  }

  const cancel = async (nonce: number): Promise<void> => {
    if (stopping.signal.aborted) throw new TxManagerClosedError(`nonce ${nonce}`)
    const latest = await context.chain.nonce(options.signer.address, 'latest')
    if (nonce < latest)
      throw new TxUsageError('tx.nonce-used', `nonce ${nonce} is mined`, { details: { nonce, latest } })
    const own = [...context.tracked.values()].find(({ record }) => record.nonce === nonce && record.state !== 'queued')
    if (own) save(context, own, null, { cancelRequested: true })
    const tracked = own ?? useUpNonce(context, nonce)
    loop.wake()
    await tracked.outcome.promise.then(
      () => {},
      (error) => {
        if (error instanceof TxManagerClosedError) throw error
      },
    )
  }

  return {
    address: options.signer.address,
    send,
    cancel,
    status: () => readStatus(context),
    heldBack: () => {
      const isHeld = ({ record, heldBack }: Tracked) => record.state === 'queued' && heldBack !== null
      return new Set([...context.tracked.values()].filter(isHeld).map(({ record }) => record.key))
    },
    setLimits: (limits) => {
      context.config = { ...context.config, ...limits }
      const nowMs = context.clock.nowMs()
      for (const tracked of context.tracked.values()) {
        if (tracked.limitedUntilMs <= nowMs) continue
        tracked.limitedUntilMs = 0
        tracked.replaceAtMs = nowMs
        tracked.publishAtMs = nowMs
      }
      loop.wake()
    },
    close: async () => {
      stopping.abort()
      await loop.done
      for (const { record, outcome } of context.tracked.values()) outcome.reject(new TxManagerClosedError(record.key))
      busy.delete(owner)
    },
  }
}
