import { createContext } from './context.ts'
import { l1Loop } from './l1/l1-loop.ts'
import { createOrigins } from './l1/origins.ts'
import { nodeStatus } from './node-status.ts'
import { sequencerLoop } from './sequencer/sequencer-loop.ts'
import type { NodeDependencies, RollupNode } from './types.ts'

/**
 * Creates a node over an initialized store. Two loops feed one writer: L1 decides, the sequencer is faster. Each stored step is
 * complete, so the node may be killed at any point and goes on from there.
 */
export function createNode(dependencies: NodeDependencies): RollupNode {
  const context = createContext(dependencies)
  const { store, config, simulator } = dependencies
  const origins = createOrigins(store, dependencies.l1)
  return {
    config,
    chain: store,
    store,
    simulator,
    status: () => nodeStatus(context),
    onEvent: (listener) => {
      context.listeners.add(listener)
      return () => void context.listeners.delete(listener)
    },
    run: async (signal) => {
      const { sequencer } = dependencies
      await Promise.all([
        l1Loop(context, origins, signal),
        ...(sequencer === undefined ? [] : [sequencerLoop(context, sequencer, origins, signal)]),
      ])
      await context.writer.onIdle()
    },
  }
}
