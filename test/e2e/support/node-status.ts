import type { AlarmCode, NodeMode } from '@crema/node'
import type { Hash } from '@crema/protocol'
import type { Devnet } from '../devnet/devnet.ts'
import { serviceStatus } from './service-status.ts'
import { until } from './until.ts'

/** A block as /status names it. */
export interface ReportedRef {
  /** Decimal. */
  readonly number: string
  readonly hash: Hash
}

/** A node's part of a service's /status. */
export interface ReportedNode {
  readonly mode: NodeMode
  readonly heads: Readonly<Record<'latest' | 'safe' | 'finalized', ReportedRef>>
  readonly l1: Readonly<Record<'head' | 'safe' | 'finalized' | 'current', ReportedRef | undefined>>
  readonly sequencer: { readonly connected: boolean; readonly laneHeight: string | undefined }
  readonly alarms: readonly {
    readonly code: AlarmCode
    readonly message: string
    readonly details: Readonly<Record<string, unknown>>
  }[]
}

/** What the RPC's node says of itself. */
export async function nodeStatus(devnet: Devnet): Promise<ReportedNode> {
  return (await serviceStatus<{ readonly node: ReportedNode }>(devnet, 'rpc')).node
}

/** Waits until an alarm stands and returns it. */
export function alarmRaised(devnet: Devnet, code: AlarmCode, timeoutMs = 30_000) {
  return until(`the alarm ${code}`, timeoutMs, async () =>
    (await nodeStatus(devnet)).alarms.find((alarm) => alarm.code === code),
  )
}

/** Waits until the node follows the sequencer and no alarm stands. */
export function nodeWell(devnet: Devnet, timeoutMs = 30_000): Promise<ReportedNode> {
  return until('a node without alarms', timeoutMs, async () => {
    const status = await nodeStatus(devnet)
    return status.mode === 'live' && status.alarms.length === 0 ? status : undefined
  })
}

/** Waits for a mode. */
export function nodeMode(devnet: Devnet, mode: NodeMode, timeoutMs = 30_000): Promise<ReportedNode> {
  return until(`the node to be ${mode}`, timeoutMs, async () => {
    const status = await nodeStatus(devnet)
    return status.mode === mode ? status : undefined
  })
}
