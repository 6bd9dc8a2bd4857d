import { type DisputeIntent, decideAccount, decideStates, describeIntent } from '@crema/dispute'
import { type DisputeCallKind, DisputeRevert, readDisputes } from '@crema/l1'
import type { ChallengerConfig } from '../../config.ts'
import { CliError } from '../errors.ts'
import { type Offline, withNode } from '../offline.ts'
import { sendIntent } from '../send-intent.ts'

/** Calls that follow from what is decided, whoever was right. */
const cleaning: ReadonlySet<DisputeCallKind> = new Set(['resolve', 'markOrphan', 'collect', 'collectJoin'])

/** Nothing is staked by it, and no credit is too small. */
const limits = { maxStakeWei: 0n, maxAtRiskWei: 0n, minClockSeconds: 0n, minCollectWei: 0n }

/**
 * Takes home what the key is owed: marks lost and refunded assertions and resolves commitments, which frees bonds and fills pots, collects its credits, releases its
 * bonds and claims. What L1 refuses for now stands in the result, with why. Throws {@link CliError} `cli.not-due` when nothing could be done.
 */
export function claim(config: ChallengerConfig) {
  return withNode(config, async (offline) => {
    const done: unknown[] = []
    let refused = new Map<string, unknown>()

    /** Whether L1 changed by any of them. */
    async function send(intents: readonly DisputeIntent[]): Promise<boolean> {
      let isChanged = false
      for (const intent of intents) {
        try {
          const sent = await sendIntent(offline, intent)
          done.push(sent)
          if (sent.result === 'transaction') isChanged = true
        } catch (error) {
          if (!(error instanceof DisputeRevert)) throw error
          refused.set(intent.key, { ...describeIntent(intent), result: 'refused', why: error.message })
        }
      }
      return isChanged
    }

    // A child can be marked once its parent is, and a winner be paid once the losers have paid in.
    while (await send(await toClean(offline))) refused = new Map()
    // What is released adds to the credit that is claimed.
    for (const kind of ['release', 'claim'] as const) {
      const own = await toTake(offline)
      await send(own.filter(({ call }) => call.kind === kind))
    }
    if (done.length > 0) return [...done, ...refused.values()]
    const details = {
      ...{ address: offline.sender.tx.address, stakes: await offline.stakes() },
      refused: [...refused.values()],
    }
    throw new CliError('cli.not-due', 'nothing can be claimed now', { retryable: true, details })
  })
}

/** What is left to do about children whose fate is known: for that no trace is built. */
async function toClean({ node, l1, explainer, sender, stakes }: Offline): Promise<DisputeIntent[]> {
  const book = await explainer.book()
  const { l1Contracts: contracts } = node.config
  const states = await readDisputes(l1, { contracts, book, parentIds: book.parents() })
  const account = { address: sender.tx.address, stakes: await stakes() }
  const own = { isKnown: false, why: 'only what is decided counts' } as const
  return states.flatMap((state) => {
    const { intents } = decideStates({ state, own, trace: undefined, account, mode: 'full', limits })
    return intents.filter(({ call }) => cleaning.has(call.kind))
  })
}

async function toTake({ sender, stakes }: Offline): Promise<DisputeIntent[]> {
  return decideAccount({
    ...{ address: sender.tx.address, stakes: await stakes() },
    ...{ mode: 'full', limits, releases: true },
  })
}
