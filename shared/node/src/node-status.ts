import type { NodeContext } from './context.ts'
import type { NodeMode, NodeStatus } from './types.ts'

/** Where the node stands now. */
export function nodeStatus(context: NodeContext): NodeStatus {
  const { store, live, alarms } = context
  const heads = store.heads()
  return {
    mode: mode(context),
    heads,
    l1: { head: live.l1Head, safe: live.l1Safe, finalized: live.l1Finalized, current: store.l1Cursor() },
    syncing: live.l1Synced
      ? undefined
      : { startingBlock: store.genesis().number, highestBlock: store.genesis().number + store.leafCount() },
    sequencer: { connected: connected(context), laneHeight: live.sequencerLaneHeight },
    alarms: alarms.standing(),
  }
}

function mode(context: NodeContext): NodeMode {
  if (!context.live.l1Synced) return 'syncing'
  if (context.live.frozenAt !== undefined) return 'frozen'
  return connected(context) ? 'live' : 'l1-only'
}

function connected({ live, clock, settings, sequencer }: NodeContext): boolean {
  if (sequencer === undefined || live.sequencerSeenAt === undefined) return false
  return clock.nowMs() - live.sequencerSeenAt <= settings.sequencerTimeoutMs
}
