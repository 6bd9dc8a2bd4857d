import { createOwnInboxRoots } from '@crema/node'
import { CremaError } from '@crema/protocol'
import { sleep } from '@crema/service-kit'
import { createBondBook } from './bond-book.ts'
import { claimStakes } from './claim-stakes.ts'
import { confirm } from './confirm.ts'
import type { RightLineReader } from './line.ts'
import { isAction, nothing, type ProposerDependencies, type ProposerPorts, type ProposerStep } from './ports.ts'
import { propose } from './propose.ts'
import { relist } from './relist.ts'
import { createRightLine } from './right-line.ts'
import { createVerifierCheck } from './verifier-check.ts'

/** What a proposer did last, for /status. */
export interface ProposerStatus {
  readonly confirm: ProposerStep | undefined
  readonly claim: ProposerStep | undefined
  readonly relist: ProposerStep | undefined
  readonly propose: ProposerStep | undefined
  /** A wrong assertion below the line's tip, beside which the right one does not stand; nothing is proposed then. */
  readonly disagreesWith: string | undefined
  /** Milliseconds since 1970 of the last complete look. */
  readonly lastLookAt: number | undefined
  readonly lastError: string | undefined
}

/** A running proposer. */
export interface Proposer {
  status(): ProposerStatus
  readonly line: Pick<RightLineReader, 'carries' | 'bondsOf'>
  /** Looks and acts until the signal aborts; never rejects because of a peer. */
  run(signal: AbortSignal): Promise<void>
}

/**
 * Creates a proposer. One action at a time: each look reads L1 anew and takes what is due. Stakes come home before a new one is asked
 * for, so that the proposer never waits for its own.
 */
export function createProposer(ports: ProposerPorts): Proposer {
  const { node, l1, tx, logger, settings, clock, metrics } = ports
  const { config } = node
  const inboxRoots = createOwnInboxRoots(node.store)
  const line = createRightLine({ ...ports, inboxRoots })
  const deps: ProposerDependencies = {
    ...ports,
    inboxRoots,
    line,
    bonds: createBondBook(l1, config.l1Contracts.bondVault, tx.address, config.l1StartBlock),
    verifiers: createVerifierCheck(ports),
  }
  let bondsDueMs = 0
  let status: ProposerStatus = {
    confirm: undefined,
    claim: undefined,
    relist: undefined,
    propose: undefined,
    disagreesWith: undefined,
    lastLookAt: undefined,
    lastError: undefined,
  }

  async function look(): Promise<boolean> {
    const confirmed = note('confirm', await confirm(deps))
    const claimed = note('claim', await claimDue())
    const extended = await extendLine()
    status = { ...status, lastLookAt: clock.nowMs(), lastError: undefined }
    return [confirmed, claimed, ...extended].some(isAction)
  }

  function note(part: 'confirm' | 'claim' | 'relist' | 'propose', step: ProposerStep): ProposerStep {
    status = { ...status, [part]: step }
    if (step.did === 'failed') logger.warn(step, 'failed; tries again later')
    if (!isAction(step)) return step
    bondsDueMs = 0
    metrics.did(step.did)
    logger.info(step, step.did)
    return step
  }

  async function claimDue(): Promise<ProposerStep> {
    const nowMs = clock.nowMs()
    const due = nowMs >= bondsDueMs
    const step = await claimStakes(deps, due)
    if (due) bondsDueMs = nowMs + settings.bondsPollMs
    return step
  }

  /** Lists and proposes where this node agrees with all that L1 holds. */
  async function extendLine(): Promise<readonly ProposerStep[]> {
    const found = await line.look()
    const wrong = 'disagreesWith' in found ? found : undefined
    metrics.disagrees(wrong !== undefined)
    if (wrong !== undefined && status.disagreesWith !== wrong.disagreesWith) {
      const { disagreesWith: id, number } = wrong
      logger.error({ id, number }, 'the latest assertion is wrong; not building on it')
    }
    if (found.ok || wrong !== undefined) status = { ...status, disagreesWith: wrong?.disagreesWith }
    if (found.ok) {
      const relisted = note('relist', await relist(deps, found))
      return [relisted, note('propose', await propose(deps, found))]
    }
    return [note('propose', nothing('why' in found ? found.why : `disagrees with ${found.disagreesWith}`))]
  }

  return {
    status: () => status,
    line,
    run: async (signal) => {
      while (!signal.aborted) {
        let acted = false
        try {
          if (node.status().mode !== 'syncing') acted = await look()
        } catch (error) {
          if (signal.aborted) return
          const message = error instanceof Error ? error.message : String(error)
          status = { ...status, lastError: message }
          const expected = error instanceof CremaError && error.retryable
          logger[expected ? 'warn' : 'error']({ err: error }, 'looking at the assertions failed')
        }
        if (!acted) await sleep(settings.pollMs, signal).catch(() => {})
      }
    },
  }
}
