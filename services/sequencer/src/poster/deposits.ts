import { type L1Client, portalAbi } from '@crema/l1'
import type { Clock } from '@crema/service-kit'
import { type OriginMode, readOrigin } from '../l1/read-origin.ts'
import type { InboxSetup } from './inbox-setup.ts'
import type { InboxView } from './inbox-view.ts'

/** What the deposits that no leaf carries yet call for. */
export interface DepositState {
  /** A new lane block would carry deposits that have waited long enough. */
  readonly wantsBlock: boolean
  /** The oldest deposit has waited for half the force delay: sequencer or posters fail. */
  readonly overdue: boolean
}

/** Parts of {@link createDepositWatch}. */
export interface DepositWatchOptions {
  readonly client: L1Client
  readonly setup: InboxSetup
  readonly originMode: OriginMode
  /** Time for which a deposit that can be included waits for a block of its own accord. */
  readonly patienceMs: number
  readonly clock: Clock
}

const maxUint64 = 2n ** 64n - 1n
const maxDeposits = 256n
const quiet: DepositState = { wantsBlock: false, overdue: false }

/** Returns what looks at the waiting deposits as the Inbox will. @throws viem's errors, L1Error. */
export function createDepositWatch({ client, setup, originMode, patienceMs, clock }: DepositWatchOptions) {
  let includableSinceMs: number | undefined

  const endAt = (start: bigint, maxBlock: bigint, maxTimestamp: bigint) =>
    client.readContract({
      address: setup.depositQueue,
      abi: portalAbi,
      functionName: 'depositEnd',
      args: [start, maxBlock, maxTimestamp, maxDeposits, setup.l2BlockGasLimit / 2n],
    })

  return async ({ depositEnd: start, depositCount, blockNumber, timestamp }: InboxView): Promise<DepositState> => {
    if (depositCount <= start) {
      includableSinceMs = undefined
      return quiet
    }
    const origin = await readOrigin(client, originMode)
    const includable = origin !== undefined && (await endAt(start, origin.number, maxUint64)) > start
    if (!includable) includableSinceMs = undefined
    else includableSinceMs ??= clock.nowMs()
    const halfDelay = setup.forceDelay / 2n
    return {
      wantsBlock: includableSinceMs !== undefined && clock.nowMs() - includableSinceMs >= patienceMs,
      overdue: timestamp > halfDelay && (await endAt(start, blockNumber, timestamp - halfDelay)) > start,
    }
  }
}
