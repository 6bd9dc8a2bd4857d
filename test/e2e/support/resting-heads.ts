import type { Heads } from '@crema/protocol'
import type { Devnet } from '../devnet/devnet.ts'
import { orderedHeight } from './lane.ts'
import { serviceStatus } from './service-status.ts'
import { until } from './until.ts'

export type NodeService = 'rpc' | 'proposer' | 'challenger'

/** The part of a node's /status that scenarios read. Integers are decimal strings. */
export interface NodeReport {
  readonly node: {
    readonly mode: string
    readonly heads: Readonly<Record<keyof Heads, { readonly number: string; readonly hash: `0x${string}` }>>
    readonly alarms: readonly { readonly code: string; readonly message: string }[]
  }
}

/** A node service's view of itself. */
export async function nodeReport(devnet: Devnet, name: NodeService): Promise<NodeReport['node']> {
  return (await serviceStatus<NodeReport>(devnet, name)).node
}

/**
 * Waits until the idle network has come to rest: every lane block is executed by all of `names`, and final. Returns the heads,
 * which are one block then.
 */
export async function restingHeads(devnet: Devnet, names: readonly NodeService[], timeoutMs = 90_000): Promise<Heads> {
  let last: unknown
  return until('all nodes to have the same final head', timeoutMs, async () => {
    const ordered = await orderedHeight(devnet)
    const all = await Promise.all(names.map((name) => nodeReport(devnet, name)))
    const hashes = new Set(all.flatMap(({ heads }) => Object.values(heads).map(({ hash }) => hash)))
    const { latest } = all[0]!.heads
    last = all.map(({ heads }) => heads)
    if (hashes.size !== 1 || BigInt(latest.number) - devnet.config.genesis.number < ordered) return undefined
    const ref = { number: BigInt(latest.number), hash: latest.hash }
    return { latest: ref, safe: ref, finalized: ref }
  }).catch((error: Error) => {
    throw new Error(`${error.message}; last seen ${JSON.stringify(last)}`)
  })
}
