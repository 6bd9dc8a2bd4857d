import type { RollupNode } from '@crema/node'
import type { Hash } from '@crema/protocol'
import type { AssertionBook } from './assertion-book.ts'
import type { Judgement } from './judgement.ts'

/**
 * Drops from the book and from `known` what can never need a look again, so that both stay small over years: confirmed, agreed with,
 * final on L1 and in this node, nothing of what it stands on still open, and below what the book reads again. Returns it in order.
 */
export function forgetSettled(
  node: Pick<RollupNode, 'store' | 'status'>,
  book: AssertionBook,
  known: Map<Hash, Judgement>,
  latestConfirmed: Hash,
): readonly Judgement[] {
  const l1Final = node.status().l1.finalized?.number ?? -1n
  const final = node.store.heads().finalized.number
  const confirmed = new Set<Hash>()
  for (let one = book.get(latestConfirmed); one !== undefined; one = book.get(one.parentId)) confirmed.add(one.id)

  const settled: Judgement[] = []
  for (const { id, parentId, l1BlockNumber } of book.all()) {
    const judgement = known.get(id)
    if (judgement?.verdict.verdict !== 'agree' || !confirmed.has(id) || book.get(parentId) !== undefined) continue
    if (l1BlockNumber > l1Final || l1BlockNumber >= book.rereadFrom()) continue
    if (judgement.verdict.own.number > final) continue
    settled.push(judgement)
    book.forget(id)
    known.delete(id)
  }
  return settled
}
