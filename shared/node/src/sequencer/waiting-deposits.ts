import type { SequencerClient } from '@crema/sequencer-client'
import { positionAt } from '../chain/positions.ts'
import type { NodeContext } from '../context.ts'

/** Milliseconds between two requests for an empty lane block. */
const HEARTBEAT_MS = 2_000

/** Looks after deposits that no block has executed yet. */
export interface DepositWatch {
  /** Asks the sequencer for an empty lane block while final deposits wait; raises an alarm at half of the force delay. */
  check(): void
}

/** Creates the watch; `client` undefined only raises the alarm. */
export function createDepositWatch(context: NodeContext, client: SequencerClient | undefined): DepositWatch {
  const { store, clock, config, alarms, live, logger } = context
  let askedAt = 0
  return {
    check: () => {
      const next = positionAt(store, store.heads().latest.number).depositEnd
      if (!live.l1Synced || next >= store.depositCount()) {
        alarms.clear('deposits-overdue')
        return
      }
      const oldest = store.deposits(next, next + 1n)[0]!
      const age = BigInt(clock.nowSeconds()) - oldest.l1Timestamp
      if (age > config.forceDelay / 2n) {
        alarms.raise('deposits-overdue', 'a deposit waits for more than half of the force delay', { index: next, age })
      } else {
        alarms.clear('deposits-overdue')
      }
      const now = clock.nowMs()
      // Sequencers name final origins alone: before that an empty block could not take the deposit.
      const final = live.l1Finalized !== undefined && oldest.l1BlockNumber <= live.l1Finalized.number
      if (client === undefined || !final || now - askedAt < HEARTBEAT_MS) return
      askedAt = now
      client
        .heartbeat(config.l2.chainId)
        .catch((error: unknown) => logger.debug({ err: error }, 'heartbeat request failed'))
    },
  }
}
