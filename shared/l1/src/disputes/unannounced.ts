import type { Address, Hash } from '@crema/protocol'
import type { ProposedAssertion } from '../assertions.ts'
import type { L1Client } from '../client.ts'
import type { DisputeContracts } from './contracts.ts'
import { noHash } from './ids.ts'
import { mapLimited } from './map-limited.ts'
import { blockAt, viewDisputesAt } from './view.ts'

/** Requests under way at a time. */
const PARALLEL = 16
/** Assertions asked about at a time: who makes many pending ones makes nobody ask for all of them at once. */
const TIPS = 64

/** A first child that L1 stores and that no event told of, as an endpoint that lags may leave events out without an error. */
export interface UnannouncedChild {
  readonly id: Hash
  readonly parentId: Hash
  readonly proposer: Address
  readonly bondId: Hash
}

/** Assertions below which no first child was announced: those where one was `found` missing, and of the others at most 64, the next of them at each `turn`. */
export function tipsOf(
  assertions: readonly ProposedAssertion[],
  turn: number,
  found: readonly Pick<UnannouncedChild, 'parentId'>[],
): Hash[] {
  const parents = new Set(assertions.flatMap(({ parentId, traceRoot }) => (traceRoot === undefined ? [parentId] : [])))
  const tips = assertions.flatMap(({ id }) => (parents.has(id) ? [] : [id]))
  if (tips.length <= TIPS) return tips
  const start = (turn * TIPS) % tips.length
  const inTurn = new Set([...tips.slice(start), ...tips.slice(0, start)].slice(0, TIPS))
  const again = new Set(found.map(({ parentId }) => parentId))
  return tips.filter((id) => inTurn.has(id) || again.has(id))
}

export interface UnannouncedOptions {
  readonly contracts: DisputeContracts
  /** L1 block up to which events were read. */
  readonly readTo: bigint
  /** Assertions without an announced first child; those that are not pending are left out. */
  readonly tips: readonly Hash[]
  /** Whether an assertion was announced. */
  readonly knows: (id: Hash) => boolean
}

/**
 * First children of the latest confirmed assertion and of these that the contract's storage holds at the last block whose events were read, and that nobody `knows`.
 * Below any other nothing can be confirmed any more. Throws `L1Error`.
 */
export async function readUnannouncedChildren(
  client: L1Client,
  { contracts, readTo, tips, knows }: UnannouncedOptions,
): Promise<UnannouncedChild[]> {
  const view = viewDisputesAt(client, contracts, await blockAt(client, readTo))

  async function below(parentId: Hash, isOpen: Promise<boolean>): Promise<UnannouncedChild[]> {
    const [{ firstChildId: id }, mayMatter] = await Promise.all([view.children(parentId), isOpen])
    if (id === noHash || knows(id) || !mayMatter) return []
    const { proposer, bondId } = await view.assertion(id)
    return [{ id, parentId, proposer: proposer.toLowerCase() as Address, bondId }]
  }

  const isPending = async (id: Hash): Promise<boolean> => (await view.fate(id)) === 'pending'
  const [latest, pending] = await Promise.all([
    view.latestConfirmed().then((id) => below(id, Promise.resolve(true))),
    mapLimited(tips, PARALLEL, (id) => below(id, isPending(id))),
  ])
  return [...latest, ...pending.flat()]
}
