import { createOwnInboxRoots } from '@crema/node'
import { CremaError } from '@crema/protocol'
import { sleep } from '@crema/service-kit'
import { agreedTip } from './agreed-tip.ts'
import { createBondBook } from './bond-book.ts'
import { claimStakes } from './claim-stakes.ts'
import { confirm } from './confirm.ts'
import { isAction, nothing, type ProposerDependencies, type ProposerPorts, type ProposerStep } from './ports.ts'
import { propose } from './propose.ts'
import { createIntentPruner } from './prune-intents.ts'
import { createVerifierCheck } from './verifier-check.ts'

/** What a proposer did last, for /status. */
export interface ProposerStatus {
  readonly confirm: ProposerStep | undefined
  readonly claim: ProposerStep | undefined
  readonly propose: ProposerStep | undefined
  /** The tip that this node does not agree with; it stops proposing then. */
  readonly disagreesWith: string | undefined
  /** Milliseconds since 1970 of the last complete look. */
  readonly lastLookAt: number | undefined
  readonly lastError: string | undefined
}

/** A running proposer. */
export interface Proposer {
  status(): ProposerStatus
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
  const deps: ProposerDependencies = {
    ...ports,
    inboxRoots: createOwnInboxRoots(node.store),
    bonds: createBondBook(l1, config.l1Contracts.bondVault, tx.address, config.l1StartBlock),
    verifiers: createVerifierCheck(ports),
  }
  const prune = createIntentPruner(ports)
  let bondsDueMs = 0
  let status: ProposerStatus = {
    confirm: undefined,
    claim: undefined,
    propose: undefined,
    disagreesWith: undefined,
    lastLookAt: undefined,
    lastError: undefined,
  }

  async function look(): Promise<boolean> {
    prune()
    const confirmed = note('confirm', await confirm(deps))
    const claimed = note('claim', await claimDue())
    const proposed = note('propose', await proposeOnTip())
    status = { ...status, lastLookAt: clock.nowMs(), lastError: undefined }
    return [confirmed, claimed, proposed].some(isAction)
  }

  function note(part: 'confirm' | 'claim' | 'propose', step: ProposerStep): ProposerStep {
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

  async function proposeOnTip(): Promise<ProposerStep> {
    const tip = await agreedTip(deps)
    const wrong = !tip.ok && tip.why === 'disagree' ? tip : undefined
    metrics.disagrees(wrong !== undefined)
    if (wrong !== undefined && status.disagreesWith !== wrong.id) {
      const { id, stored } = wrong
      logger.error({ id, number: stored.l2BlockNumber }, 'the latest assertion is wrong; not building on it')
    }
    if (tip.ok || wrong !== undefined) status = { ...status, disagreesWith: wrong?.id }
    if (tip.ok) return propose(deps, tip)
    return nothing(wrong === undefined ? 'this node has not executed up to the tip' : `disagrees with ${wrong.id}`)
  }

  return {
    status: () => status,
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
