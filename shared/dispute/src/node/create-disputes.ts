import type { SqliteTraceStore } from '@crema/chain-store'
import type { L1Client } from '@crema/l1'
import { createOwnInboxRoots, type RollupNode } from '@crema/node'
import { createDisputeAgent } from '../agent/create-agent.ts'
import type { DisputeAgent, DisputeAgentPorts } from '../agent/types.ts'
import { createOwnTraces } from '../own/create-own-traces.ts'
import type { OwnChildren } from '../own/own-child.ts'
import type { OwnTraces } from '../own/own-trace.ts'
import { createNodeBlocks, type NodeBlocks } from './node-blocks.ts'
import { createNodeChildren, type NodeChildrenOptions } from './node-children.ts'

/** What the disputes of a node are made of. */
export interface NodeDisputesPorts
  extends Omit<DisputeAgentPorts, 'contracts' | 'fromBlock' | 'children' | 'traces'>,
    Pick<NodeChildrenOptions, 'head' | 'witnesses'> {
  readonly node: RollupNode
  readonly l1: L1Client
  readonly store: Pick<SqliteTraceStore, 'get' | 'put'>
}

/** An agent on its own node, and the parts that it decides with. */
export interface NodeDisputes {
  readonly agent: DisputeAgent
  readonly children: OwnChildren
  readonly traces: OwnTraces
  readonly blocks: NodeBlocks
}

/** Least milliseconds between two log lines about a trace that is being built. */
const PROGRESS_MS = 5_000

/** Creates an agent whose right children and traces come from its own node. */
export function createNodeDisputes(ports: NodeDisputesPorts): NodeDisputes {
  const { node, logger, clock, onEvent } = ports
  const children = createNodeChildren({ ...ports, inboxRoots: createOwnInboxRoots(node.store) })
  const blocks = createNodeBlocks(node, ({ code, message, details }) =>
    logger.info({ code, ...details }, `no trace yet: ${message}`),
  )
  let toldAt = Number.NEGATIVE_INFINITY
  const traces = createOwnTraces({
    ...{ blocksOf: blocks.blocksOf, store: ports.store },
    onProgress: (progress) => {
      onEvent?.({ kind: 'trace-progress', progress })
      if (clock.nowMs() < toldAt + PROGRESS_MS) return
      toldAt = clock.nowMs()
      logger.info({ ...progress }, 'building the trace of an assertion')
    },
  })
  const { l1Contracts: contracts, l1StartBlock: fromBlock } = node.config
  const agent = createDisputeAgent({ ...ports, contracts, fromBlock, children, traces })
  return { agent, children, traces, blocks }
}
