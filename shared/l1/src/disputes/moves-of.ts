import type { Hash } from '@crema/protocol'
import type { DisputeEvent } from './events.ts'
import { type Credit, ledger, noHash } from './ids.ts'
import type { DisputeDuel } from './types.ts'

/**
 * What events tell of a stored duel: the children that its last move published, if their place is the stored one; and the credits, if they lead to the
 * stored ledger. Events of another fork or with gaps give undefined, never something wrong that looks right.
 */
export function movesOf(
  duel: Pick<DisputeDuel, 'depth' | 'pos' | 'ledger' | 'status'>,
  events: readonly DisputeEvent[],
): Pick<DisputeDuel, 'children' | 'credits'> {
  let children: readonly Hash[] | undefined
  const credits: Credit[] = []
  let chained = noHash
  for (const event of events) {
    if (event.kind === 'started' && duel.depth === 0) children = event.children
    if (event.kind === 'revealed' && event.depth === duel.depth && event.pos === duel.pos) children = event.children
    if (!('credit' in event)) continue
    credits.push(event.credit)
    chained = ledger(chained, event.credit)
  }
  return {
    children: duel.status === 'running' ? children : undefined,
    credits: chained === duel.ledger ? credits : undefined,
  }
}
