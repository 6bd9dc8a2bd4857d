import { openNode } from '@crema/node'
import type { Heads } from '@crema/protocol'
import { createLogger, systemClock } from '@crema/service-kit'
import type { Devnet } from '../devnet/devnet.ts'
import { until } from './until.ts'

/**
 * Syncs a new node into `dataDir` until all of its heads are `target`'s, which stands still, and closes it. Without the sequencer
 * it knows L1 alone. Throws when it does not get there or raises an alarm.
 */
export async function syncNewNode(
  { config, urls }: Devnet,
  dataDir: string,
  target: Heads,
  source: 'sequencer' | 'l1-only',
): Promise<void> {
  const { node, close } = await openNode({
    config,
    dataDir,
    l1Url: urls.l1,
    sequencerUrl: source === 'sequencer' ? urls.sequencer : undefined,
    clock: systemClock,
    logger: createLogger({ service: 'fresh', level: 'error', format: 'json' }),
    settings: { l1PollMs: 250, sequencerPollMs: 250, l1Range: 50n, laneRange: 64, sequencerTimeoutMs: 5_000 },
  })
  const stopping = new AbortController()
  const running = node.run(stopping.signal)
  try {
    await until(`a new node (${source}) to reach block ${target.finalized.number}`, 60_000, async () => {
      const { alarms } = node.status()
      if (alarms.length > 0) throw new Error(JSON.stringify(alarms, (_, v) => (typeof v === 'bigint' ? `${v}` : v)))
      const { latest, safe, finalized } = node.store.heads()
      return [latest, safe, finalized].every(({ hash }) => hash === target.finalized.hash) ? true : undefined
    })
  } finally {
    stopping.abort()
    await running
    close()
  }
}
