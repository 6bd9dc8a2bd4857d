import type { ChallengerConfig } from '../../config.ts'
import { CliError } from '../errors.ts'
import { notFound } from '../l1-view.ts'
import { withNode } from '../offline.ts'
import { hashOperand } from '../parse-command.ts'
import { sendIntent } from '../send-intent.ts'

/** Makes the one right move of a pair now: opens, reveals, proves, or times the other side out. */
export function move(config: ChallengerConfig, operands: readonly string[]) {
  const older = hashOperand(operands, 0, 'OLDER')
  const newer = hashOperand(operands, 1, 'NEWER')
  return withNode(config, async (offline) => {
    const book = await offline.explainer.book()
    const found = await offline.explainer.find(book.parents())
    const one = found.find(({ state }) => state.duels.some((duel) => duel.older === older && duel.newer === newer))
    if (one === undefined) throw notFound('pair of commitments', { older, newer })
    const { decision, own } = one
    const intent = decision.intents.find(({ call }) => 'older' in call && call.older === older && call.newer === newer)
    if (intent !== undefined) return sendIntent(offline, intent)
    const duel = decision.duels.find((report) => report.older === older && report.newer === newer)
    const made = decision.moves.find(({ duelId }) => duelId === duel?.duelId)?.make()
    if (made !== undefined && 'call' in made) return sendIntent(offline, made)
    const alerts = made === undefined ? decision.alerts : [...decision.alerts, made]
    const details = { state: duel?.state, alerts, right: own.isKnown ? own.id : own }
    throw new CliError('cli.not-due', 'no move of ours is due in this duel', { retryable: true, details })
  })
}
