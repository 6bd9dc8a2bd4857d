import type { SqliteTraceStore } from '@crema/chain-store'
import type { L1Client } from '@crema/l1'
import { createDisputeInputs, createOwnInboxRoots, type ProvableBlocks, type RollupNode } from '@crema/node'
import { createDisputeAgent } from '../agent/create-agent.ts'
import type { DisputeAgent, DisputeAgentPorts } from '../agent/types.ts'
import { createOwnTraces } from '../own/create-own-traces.ts'
import { createNodeView } from '../own/node-view.ts'
import type { OwnChildren, RightChild } from '../own/own-child.ts'
import type { OwnTraces } from '../own/own-trace.ts'
import { createGuardedChildren, type GuardedChildrenOptions } from './guarded-children.ts'

/** What the disputes of a node are made of. */
export interface NodeDisputesPorts
  extends Omit<DisputeAgentPorts, 'contracts' | 'fromBlock' | 'children' | 'traces'>,
    Pick<GuardedChildrenOptions, 'head' | 'witnesses'> {
  readonly node: RollupNode
  readonly l1: L1Client
  readonly store: Pick<SqliteTraceStore, 'get' | 'put'>
}

/** An agent on its own node, and the parts that it decides with. */
export interface NodeDisputes {
  readonly agent: DisputeAgent
  readonly children: OwnChildren
  readonly traces: OwnTraces
  /** The blocks of a right child, for showing them. Throws `EvidenceError`. */
  blocksOf(child: RightChild): Promise<ProvableBlocks>
}

/** Least milliseconds between two log lines about a trace that is being built. */
const PROGRESS_MS = 5_000

/** Creates an agent whose right children and traces come from its own node. */
export function createNodeDisputes(ports: NodeDisputesPorts): NodeDisputes {
  const { node, logger, clock, onEvent } = ports
  const view = createNodeView(ports)
  const children = createGuardedChildren({
    ...ports,
    children: view,
    inboxRoots: createOwnInboxRoots(node.store),
  })
  const inputs = createDisputeInputs(node.store, node.config)
  let toldAt = Number.NEGATIVE_INFINITY
  const traces = createOwnTraces({
    ...{ machineOf: view.machineOf, store: ports.store },
    // As many as a look may ask for.
    proofs: ports.settings.maxInFlight,
    onProgress: (progress) => {
      onEvent?.({ kind: 'trace-progress', progress })
      if (clock.nowMs() < toldAt + PROGRESS_MS) return
      toldAt = clock.nowMs()
      logger.info({ ...progress }, 'building the trace of an assertion')
    },
  })
  const { l1Contracts: contracts, l1StartBlock: fromBlock } = node.config
  const agent = createDisputeAgent({ ...ports, contracts, fromBlock, children, traces })
  return { agent, children, traces, blocksOf: (child) => inputs.open(child) }
}
