import { decideAccount } from '@crema/dispute'
import type { ChallengerConfig } from '../../config.ts'
import { CliError } from '../errors.ts'
import { type Offline, withNode } from '../offline.ts'
import { sendIntent } from '../send-intent.ts'

/** Takes home what the key is owed: collects its credits from pots, releases its free bonds, claims. */
export function claim(config: ChallengerConfig) {
  return withNode(config, async (offline) => {
    const book = await offline.explainer.book()
    const done: unknown[] = []
    for (const { decision } of await offline.explainer.find(book.parents(), await offline.stakes())) {
      for (const intent of decision.intents) {
        if (intent.call.kind === 'collect' || intent.call.kind === 'collectJoin') {
          done.push(await sendIntent(offline, intent))
        }
      }
    }
    // What was released adds to the credit that is claimed.
    for (const kind of ['release', 'claim'] as const) {
      for (const intent of await ownIntents(offline)) {
        if (intent.call.kind === kind) done.push(await sendIntent(offline, intent))
      }
    }
    if (done.length > 0) return done
    const details = { address: offline.sender.tx.address, stakes: await offline.stakes() }
    throw new CliError('cli.not-due', 'nothing can be claimed now', { retryable: true, details })
  })
}

async function ownIntents(offline: Offline) {
  const limits = { maxStakeWei: 0n, maxAtRiskWei: 0n, minClockSeconds: 0n, minCollectWei: 0n }
  const stakes = await offline.stakes()
  return decideAccount({ address: offline.sender.tx.address, stakes, mode: 'full', limits, releases: true })
}
