import { CremaError } from '@crema/protocol'
import { sleep } from '@crema/service-kit'
import { agreedTip } from './agreed-tip.ts'
import { claimStakes } from './claim-stakes.ts'
import { confirm } from './confirm.ts'
import type { ProposerDependencies, ProposerStep } from './ports.ts'
import { propose } from './propose.ts'

/** What a proposer did last, for /status. */
export interface ProposerStatus {
  readonly confirm: ProposerStep | undefined
  readonly propose: ProposerStep | undefined
  readonly claim: ProposerStep | undefined
  /** The tip that this node does not agree with; it stops proposing then. */
  readonly disagreesWith: string | undefined
  readonly lastError: string | undefined
}

/** A running proposer. */
export interface Proposer {
  status(): ProposerStatus
  /** Looks and acts until the signal aborts; never rejects because of a peer. */
  run(signal: AbortSignal): Promise<void>
}

/** Creates a proposer. One action at a time: each look reads L1 anew and takes the first thing that is due. */
export function createProposer(deps: ProposerDependencies): Proposer {
  const { node, logger, settings } = deps
  let status: ProposerStatus = {
    confirm: undefined,
    propose: undefined,
    claim: undefined,
    disagreesWith: undefined,
    lastError: undefined,
  }

  async function look(): Promise<boolean> {
    const confirmed = await confirm(deps)
    status = { ...status, confirm: confirmed }
    const proposed = await proposeOnTip()
    status = { ...status, propose: proposed }
    const claimed = await claimStakes(deps)
    status = { ...status, claim: claimed, lastError: undefined }
    const steps = [confirmed, proposed, claimed].filter((step) => step.did !== 'nothing')
    for (const step of steps) logger.info(step, step.did)
    return steps.length > 0
  }

  async function proposeOnTip(): Promise<ProposerStep> {
    const tip = await agreedTip(deps)
    if (tip.ok) {
      status = { ...status, disagreesWith: undefined }
      return propose(deps, tip)
    }
    if (tip.why === 'unknown') return { did: 'nothing', why: 'this node has not executed up to the tip' }
    if (status.disagreesWith !== tip.id) {
      logger.error(
        { id: tip.id, number: tip.stored.l2BlockNumber },
        'the latest assertion is wrong; not building on it',
      )
    }
    status = { ...status, disagreesWith: tip.id }
    return { did: 'nothing', why: `disagrees with ${tip.id}` }
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
