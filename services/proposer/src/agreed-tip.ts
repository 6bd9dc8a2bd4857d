import { readAssertion, readLineTip, type StoredAssertion } from '@crema/l1'
import { ownEndState } from '@crema/node'
import { type Hash, stateHash } from '@crema/protocol'
import type { ProposerDependencies } from './ports.ts'

/** An assertion to build on. */
export interface AgreedTip {
  readonly ok: true
  readonly id: Hash
  readonly stored: StoredAssertion
}

/** The assertion to build on, or why there is none now. */
export type Tip =
  | AgreedTip
  | { readonly ok: false; readonly why: 'unknown' | 'disagree'; readonly id: Hash; readonly stored: StoredAssertion }

/**
 * The latest assertion without a rival, if this node's own execution agrees with it. A proposer that built on a wrong state would stake
 * on it. Throws `L1Error`.
 */
export async function agreedTip({ node, l1, settings }: ProposerDependencies): Promise<Tip> {
  const { assertionChain } = node.config.l1Contracts
  const id = await readLineTip(l1, assertionChain)
  const stored = await readAssertion(l1, assertionChain, id)
  if (stored.depth === 0) return { ok: true, id, stored }
  const head = node.store.heads()[settings.head]
  if (node.store.genesis().number + stored.inboxCount > head.number) return { ok: false, why: 'unknown', id, stored }
  const parent = await readAssertion(l1, assertionChain, stored.parentId)
  const own = ownEndState(node.store, parent.inboxCount, stored.inboxCount)
  if (own === undefined) return { ok: false, why: 'unknown', id, stored }
  return stateHash(own) === stored.stateHash ? { ok: true, id, stored } : { ok: false, why: 'disagree', id, stored }
}
