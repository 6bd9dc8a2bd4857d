import type { L1Client } from '@crema/l1'
import type { RollupNode } from '@crema/node'
import { CremaError, type Hash } from '@crema/protocol'
import { type Clock, type Logger, sleep } from '@crema/service-kit'
import { createAssertionBook } from './assertion-book.ts'
import { checkAssertions, describe, type Judgement } from './check-assertions.ts'

export interface ChallengerDependencies {
  readonly node: RollupNode
  readonly l1: L1Client
  readonly clock: Clock
  readonly logger: Logger
  readonly settings: { readonly head: 'finalized' | 'safe'; readonly pollMs: number }
  /** Told of each judgement when it changes. */
  readonly onJudgement: (judgement: Judgement) => void
}

/** What a challenger knows, for /status: also how an operator sees that it does its work while all is well. */
export interface ChallengerStatus {
  readonly counts: Readonly<Record<Judgement['verdict']['verdict'], number>>
  /** Every judgement that is not `agree`, and the newest that is. */
  readonly judgements: readonly Readonly<Record<string, unknown>>[]
  readonly checkedToL1Block: bigint
  /** Milliseconds since 1970 of the last complete look. */
  readonly lastCheckAt: number | undefined
  readonly lastError: string | undefined
}

/** A running challenger. */
export interface Challenger {
  status(): ChallengerStatus
  judgements(): readonly Judgement[]
  /** Checks until the signal aborts; never rejects because of a peer. */
  run(signal: AbortSignal): Promise<void>
}

/** Creates a challenger on its own node. It keeps nothing that it could not rebuild from L1 and its node. */
export function createChallenger(deps: ChallengerDependencies): Challenger {
  const { node, l1, clock, logger, settings } = deps
  const known = new Map<Hash, Judgement>()
  const book = createAssertionBook(l1, node.config.l1Contracts.assertionChain, node.config.l1StartBlock)
  let lastCheckAt: number | undefined
  let lastError: string | undefined

  async function look(): Promise<void> {
    await book.refresh()
    const before = new Map([...known].map(([id, { verdict }]) => [id, verdict.verdict]))
    await checkAssertions({ node, l1, head: settings.head }, book.all(), known)
    for (const judgement of known.values()) {
      if (before.get(judgement.assertion.id) === judgement.verdict.verdict) continue
      report(logger, judgement)
      deps.onJudgement(judgement)
    }
    lastCheckAt = clock.nowMs()
    lastError = undefined
  }

  return {
    status: () => status([...known.values()], book.readTo(), lastCheckAt, lastError),
    judgements: () => [...known.values()],
    run: async (signal) => {
      while (!signal.aborted) {
        try {
          if (node.status().mode !== 'syncing') await look()
        } catch (error) {
          if (signal.aborted) return
          lastError = error instanceof Error ? error.message : String(error)
          const expected = error instanceof CremaError && error.retryable
          logger[expected ? 'warn' : 'error']({ err: error }, 'checking the assertions failed')
        }
        await sleep(settings.pollMs, signal).catch(() => {})
      }
    },
  }
}

function report(logger: Logger, judgement: Judgement): void {
  const { verdict } = judgement.verdict
  const fields = describe(judgement)
  if (verdict === 'agree') logger.info(fields, 'agrees with an assertion')
  else if (verdict === 'unknown') logger.info(fields, 'an assertion is not known yet')
  else logger.error(fields, 'disagrees with an assertion')
}

function status(
  judgements: readonly Judgement[],
  checkedToL1Block: bigint,
  lastCheckAt: number | undefined,
  lastError: string | undefined,
): ChallengerStatus {
  const counts = { agree: 0, disagree: 0, unknown: 0, orphan: 0 }
  for (const { verdict } of judgements) counts[verdict.verdict]++
  const newestAgreed = judgements.findLast(({ verdict }) => verdict.verdict === 'agree')
  const shown = judgements.filter(({ verdict }) => verdict.verdict !== 'agree')
  return {
    counts,
    judgements: [...shown, ...(newestAgreed === undefined ? [] : [newestAgreed])].map(describe),
    checkedToL1Block,
    lastCheckAt,
    lastError,
  }
}
