import { type L1Client, readLatestConfirmed } from '@crema/l1'
import { createOwnInboxRoots, type RollupNode } from '@crema/node'
import { CremaError, type Hash } from '@crema/protocol'
import { type Clock, type Logger, sleep } from '@crema/service-kit'
import { createAssertionBook } from './assertion-book.ts'
import { checkAssertions } from './check-assertions.ts'
import { forgetSettled } from './forget-settled.ts'
import { createGapWatch } from './gap-watch.ts'
import { describe, type Judgement } from './judgement.ts'

export interface ChallengerDependencies {
  readonly node: RollupNode
  readonly l1: L1Client
  readonly clock: Clock
  readonly logger: Logger
  readonly settings: { readonly head: 'finalized' | 'safe'; readonly pollMs: number }
  /** Told of each judgement when it changes. */
  readonly onJudgement: (judgement: Judgement) => void
  /** Told of each complete look. */
  readonly onLook: (status: ChallengerStatus) => void
}

/** What a challenger knows, for /status: also how an operator sees that it does its work while all is well. */
export interface ChallengerStatus {
  readonly counts: Readonly<Record<Judgement['verdict']['verdict'], number>>
  /** How many of those agreed with are settled for good and not looked at again. */
  readonly settled: number
  /** Every judgement that is not `agree`, and the newest that is. */
  readonly judgements: readonly Readonly<Record<string, unknown>>[]
  readonly checkedToL1Block: bigint
  /** Assertions on L1 that its endpoint left out, and that are therefore not judged; all is read again because of them. */
  readonly missing: readonly Hash[]
  /** Milliseconds since 1970 of the last complete look. */
  readonly lastCheckAt: number | undefined
  readonly lastError: string | undefined
}

/** A running challenger. */
export interface Challenger {
  status(): ChallengerStatus
  /** Of all assertions that are not settled. */
  judgements(): readonly Judgement[]
  /** Checks until the signal aborts; never rejects because of a peer. */
  run(signal: AbortSignal): Promise<void>
}

/** Creates a challenger on its own node. It keeps nothing that it could not rebuild from L1 and its node. */
export function createChallenger(deps: ChallengerDependencies): Challenger {
  const { node, l1, clock, logger, settings } = deps
  const known = new Map<Hash, Judgement>()
  const { assertionChain } = node.config.l1Contracts
  const newBook = () => createAssertionBook(l1, assertionChain, node.config.l1StartBlock)
  let book = newBook()
  const gaps = createGapWatch(l1, node.config.l1Contracts, logger)
  const inboxRoots = createOwnInboxRoots(node.store)
  let settled = nothingSettled
  let lastCheckAt: number | undefined
  let lastError: string | undefined

  async function look(): Promise<void> {
    await book.refresh()
    const before = new Map([...known].map(([id, { verdict }]) => [id, verdict.verdict]))
    await checkAssertions({ node, l1, inboxRoots, head: settings.head }, book.all(), known)
    for (const judgement of known.values()) {
      if (before.get(judgement.assertion.id) === judgement.verdict.verdict) continue
      tell(logger, judgement)
      deps.onJudgement(judgement)
    }
    const gone = forgetSettled(node, book, known, await readLatestConfirmed(l1, assertionChain))
    settled = { count: settled.count + gone.length, newest: gone.at(-1) ?? settled.newest }
    if (await gaps.look(book)) await readAgain()
    lastCheckAt = clock.nowMs()
    lastError = undefined
    deps.onLook(report())
  }

  /** What was settled comes back with the rest, and is judged and counted anew. */
  async function readAgain(): Promise<void> {
    const again = newBook()
    await again.refresh()
    ;[book, settled] = [again, nothingSettled]
  }

  function report(): ChallengerStatus {
    const missing = gaps.missing().map(({ id }) => id)
    return {
      ...countJudgements([...known.values()], settled),
      ...{ checkedToL1Block: book.readTo(), missing, lastCheckAt, lastError },
    }
  }

  return {
    status: report,
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

function tell(logger: Logger, judgement: Judgement): void {
  const { verdict } = judgement.verdict
  const fields = describe(judgement)
  if (verdict === 'agree') logger.info(fields, 'agrees with an assertion')
  else if (verdict === 'unknown') logger.info(fields, 'an assertion is not known yet')
  else logger.error(fields, 'disagrees with an assertion')
}

/** What was forgotten: how much, and the newest of it. */
interface Settled {
  readonly count: number
  readonly newest: Judgement | undefined
}
const nothingSettled: Settled = { count: 0, newest: undefined }

function countJudgements(
  judgements: readonly Judgement[],
  settled: Settled,
): Pick<ChallengerStatus, 'counts' | 'settled' | 'judgements'> {
  const counts = { agree: settled.count, disagree: 0, unknown: 0, orphan: 0 }
  for (const { verdict } of judgements) counts[verdict.verdict]++
  const newestAgreed = judgements.findLast(({ verdict }) => verdict.verdict === 'agree') ?? settled.newest
  const shown = judgements.filter(({ verdict }) => verdict.verdict !== 'agree')
  return {
    counts,
    settled: settled.count,
    judgements: [...shown, ...(newestAgreed === undefined ? [] : [newestAgreed])].map(describe),
  }
}
