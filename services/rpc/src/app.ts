import type { Hono } from 'hono'
import type { RpcContext } from './context.ts'
import { createFeed, fromNode } from './feed.ts'
import { createFilterStore } from './filters/filter-store.ts'
import { defaultLimits, type RpcLimits } from './limits.ts'
import { createAdmission } from './mempool/admission.ts'
import { createAwaitedReceipts } from './mempool/awaited-receipts.ts'
import { dropIncluded, restoreRemoved } from './mempool/follow-chain.ts'
import { createPool } from './mempool/pool.ts'
import { resubmitLost } from './mempool/resubmit.ts'
import { sequencerTimeout } from './mempool/submit.ts'
import type { CallObserver, NodeEvent, RollupNodePort, RpcLogger, SubmissionPort } from './ports.ts'
import { registry } from './registry.ts'
import { createCallQueue } from './simulate/call-queue.ts'
import { createDispatcher, type Dispatcher } from './transport/dispatch.ts'
import { type AccessOptions, createHttpApp } from './transport/http.ts'
import { type Listening, listen } from './transport/listen.ts'
import { addWebSocket } from './transport/ws.ts'

/** What the server is made of. */
export interface RpcDeps {
  readonly node: RollupNodePort
  readonly sequencer: SubmissionPort
  readonly logger: RpcLogger
  readonly limits?: Partial<RpcLimits>
  /** Defaults: any origin, host `localhost`. */
  readonly access?: Partial<AccessOptions>
  /** Tip in wei that clients are told; default 1,000,000 as on the OP Stack. */
  readonly suggestedTip?: bigint
  /** Answer of `web3_clientVersion`. */
  readonly clientVersion?: string
  readonly onCall?: CallObserver
  /** Milliseconds; default the machine's clock. */
  readonly now?: () => number
}

/** The JSON-RPC server. */
export interface Rpc {
  readonly context: RpcContext
  readonly dispatcher: Dispatcher
  /** HTTP and WebSocket routes. */
  readonly app: Hono
  /** Transactions that wait with us. */
  pending(): number
  /** Serves on `port` (0 takes a free one). */
  listen(port: number, host?: string): Promise<Listening>
  /** Ends the subscription to the node; listening servers are closed by themselves. */
  close(): void
}

/** Makes the server. Nothing listens yet. */
export function createRpc(deps: RpcDeps): Rpc {
  const { node, logger } = deps
  const limits = { ...defaultLimits, ...deps.limits }
  const access = { cors: ['*'], vhosts: ['localhost'], ...deps.access }
  const context = createContext(deps, limits)
  const { pool, feed, admission, awaited } = context
  const dispatcher = createDispatcher(context, registry, logger, deps.onCall)
  const app = createHttpApp(dispatcher, limits, access)
  addWebSocket(app, dispatcher, feed, limits, access)

  const promoteQueued = (): void => {
    for (const sender of pool.queuedSenders()) {
      admission.promote(sender).catch((err) => logger.warn({ err, sender }, 'queued transactions stay queued'))
    }
  }
  const onNodeEvent = (event: NodeEvent): void => {
    if (event.type === 'block') {
      dropIncluded(pool, event.block)
      awaited.included(event.block)
    }
    if (event.type === 'removed') restoreRemoved(pool, event.blocks, context.now())
    feed.emit(fromNode(event))
    if (event.type !== 'block') return
    pool.expire(context.now())
    promoteQueued()
  }
  const stop = node.onEvent(onNodeEvent)
  const { sequencer, now } = context
  let resubmitting = false
  const resubmit = async (): Promise<void> => {
    if (resubmitting || pool.size === 0) return
    resubmitting = true
    await resubmitLost({ pool, sequencer, chain: context.chain, lane: context.l2.chainId, now, logger })
    promoteQueued()
    resubmitting = false
  }
  const resubmitter = setInterval(() => void resubmit(), limits.resubmitInterval)
  resubmitter.unref()
  const wakeWaiting = (): void => {
    if (!awaited.overdue()) return
    sequencer
      .heartbeat(context.l2.chainId, AbortSignal.timeout(sequencerTimeout))
      .catch((err) => logger.warn({ err }, 'no block for clients that wait for one'))
  }
  const waker = setInterval(wakeWaiting, limits.wakeInterval)
  waker.unref()

  return {
    context,
    dispatcher,
    app,
    pending: () => pool.size,
    listen: (port, host = '127.0.0.1') => listen(app, limits, port, host),
    close() {
      stop()
      clearInterval(resubmitter)
      clearInterval(waker)
      context.filters.close()
    },
  }
}

function createContext(deps: RpcDeps, limits: RpcLimits): RpcContext {
  const { node, sequencer, logger } = deps
  const now = deps.now ?? Date.now
  const feed = createFeed(logger)
  const pool = createPool(limits)
  const view = {
    chain: node.chain,
    genesisNumber: node.config.genesis.number,
    l2: node.config.l2,
    suggestedTip: deps.suggestedTip ?? 1_000_000n,
  }
  const { simulator, scans, config } = node
  const admission = createAdmission({
    ...view,
    pool,
    simulator,
    sequencer,
    limits,
    now,
    onAccepted: (entry) => feed.emit({ type: 'pending', entry }),
  })
  return {
    ...view,
    node,
    simulator,
    scans,
    sequencer,
    config,
    limits,
    pool,
    admission,
    awaited: createAwaitedReceipts(now),
    filters: createFilterStore(feed, limits, now),
    calls: createCallQueue(limits),
    feed,
    clientVersion:
      deps.clientVersion ?? `crema/v0.1.0/${process.platform}-${process.arch}/node${process.versions.node}`,
    now,
  }
}
