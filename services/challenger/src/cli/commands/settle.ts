import type { ChallengerConfig } from '../../config.ts'
import { CliError } from '../errors.ts'
import { notFound } from '../l1-view.ts'
import { withNode } from '../offline.ts'
import { hashOperand } from '../parse-command.ts'
import { sendIntent } from '../send-intent.ts'
import { windowsOf } from '../windows.ts'

/** Confirms a rivalled assertion that won; only one that this node agrees with. */
export function settle(config: ChallengerConfig, operands: readonly string[]) {
  const id = hashOperand(operands, 0, 'ID')
  return withNode(config, async (offline) => {
    const book = await offline.explainer.book()
    const announced = book.assertion(id)
    const found = announced === undefined ? [] : await offline.explainer.find([announced.parentId])
    const one = found.find(({ state }) => state.assertions.some((assertion) => assertion.id === id))
    if (one === undefined) throw notFound('assertion', { id })
    const { decision, state, own } = one
    const intent = decision.intents.find(({ call }) => call.kind === 'settle' && call.assertionId === id)
    if (intent !== undefined) return sendIntent(offline, intent)
    const details = {
      right: own.isKnown ? own.id : own,
      aliveAssertions: state.aliveAssertions,
      windows: windowsOf(state),
      latestConfirmed: state.contracts.latestConfirmed,
    }
    throw new CliError('cli.not-due', 'the assertion cannot be settled now', { retryable: true, details })
  })
}
