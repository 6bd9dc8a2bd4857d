import type { Hash } from '@crema/protocol'
import type { ProposedAssertion } from '../assertions.ts'
import type { L1Client } from '../client.ts'
import type { DisputeBook } from './book.ts'
import type { DisputeContracts } from './contracts.ts'
import { disputeId, duelId, noHash } from './ids.ts'
import { mapLimited } from './map-limited.ts'
import { movesOf } from './moves-of.ts'
import { type DisputeCommitment, type DisputeDuel, type DisputedAssertion, type DisputeState, fates } from './types.ts'
import { blockAt, type DisputeView, requireSameBlock, viewDisputesAt } from './view.ts'

/** Requests under way at a time, for each parent. */
const PARALLEL = 16
/** Parents read at a time. */
const PARENTS = 4
/** Pairs up to which all are read, not only those of the wanted commitments. */
const ALL_PAIRS = 400

export interface ReadDisputesOptions {
  readonly contracts: DisputeContracts
  readonly book: DisputeBook
  readonly parentIds: readonly Hash[]
  /** Commitments whose duels are wanted where there are many; the others' are left out. All by default. */
  readonly focus?: (commitment: DisputeCommitment) => boolean
  /** Told of a parent that cannot be read now: it is left out. Without it the failure is thrown. */
  readonly onFailure?: (parentId: Hash, error: unknown) => void
}

/**
 * The disputes about the children of these parents, one for each epoch that has children in the book, and for the current one if it has a first child, from the contracts'
 * storage; the book's events only say what to ask for and give preimages. An assertion that the book lacks is left out of its dispute. All of it as of the last block that the book has read, so that storage is never ahead of the events. Throws
 * `L1Error`, also when L1 was reorganised meanwhile.
 */
export async function readDisputes(client: L1Client, options: ReadDisputesOptions): Promise<DisputeState[]> {
  const { contracts, book, parentIds, focus, onFailure } = options
  const block = await blockAt(client, book.readTo())
  const view = viewDisputesAt(client, contracts, block)
  const general = await readContracts(view)
  const found = await mapLimited(parentIds, PARENTS, async (parentId) => {
    try {
      return await readParent(view, general, book, parentId, focus)
    } catch (error) {
      if (onFailure === undefined) throw error
      onFailure(parentId, error)
      return []
    }
  })
  await requireSameBlock(client, block)
  return found.flat()
}

async function readContracts(view: DisputeView): Promise<DisputeState['contracts']> {
  const [challengePeriod, gracePeriod, stake, pausedUntil, latestConfirmed] = await Promise.all([
    view.challengePeriod(),
    view.gracePeriod(),
    view.stake(),
    view.pausedUntil(),
    view.latestConfirmed(),
  ])
  return { challengePeriod, gracePeriod, stake, pausedUntil, latestConfirmed }
}

async function readParent(
  view: DisputeView,
  contracts: DisputeState['contracts'],
  book: DisputeBook,
  parentId: Hash,
  focus: ReadDisputesOptions['focus'],
): Promise<DisputeState[]> {
  const [stored, fate, below] = await Promise.all([
    view.assertion(parentId),
    view.fate(parentId),
    view.children(parentId),
  ])
  const parent: DisputeState['parent'] = {
    fate,
    l2BlockNumber: stored.l2BlockNumber,
    inboxCount: stored.inboxCount,
    stateHash: stored.stateHash,
    startHash: stored.startHash,
    targetCount: below.targetCount,
    targetRoot: below.targetRoot,
    currentEpoch: below.reopenEpoch,
    firstChildAt: below.firstChildAt,
    firstRivalAt: below.firstRivalAt,
    firstChildId: below.firstChildId,
    verifier: below.verifier,
  }
  const announced = await mapLimited(book.childrenOf(parentId), PARALLEL, (child) => readChild(view, child))
  const children = announced.filter((child) => child !== undefined)
  const epochs = new Set(children.map(({ epoch }) => epoch))
  if (below.firstChildId !== noHash) epochs.add(below.reopenEpoch)
  const states: DisputeState[] = []
  for (const reopenEpoch of epochs) {
    const id = disputeId(parentId, reopenEpoch)
    const assertions = children.flatMap(({ epoch, assertion }) => (epoch === reopenEpoch ? [assertion] : []))
    const [dispute, pot, commitments] = await Promise.all([
      view.dispute(id),
      view.pot(id),
      readCommitments(view, book, id),
    ])
    states.push({
      id,
      parentId,
      reopenEpoch,
      block: view.block,
      contracts,
      parent,
      assertions,
      commitments,
      duels: await readDuels(view, book, commitments, focus),
      joins: dispute.joins,
      aliveAssertions: dispute.aliveAssertions,
      lastEliminationAt: BigInt(dispute.lastEliminationAt),
      pot,
    })
  }
  return states
}

/** A child as stored; undefined when storage does not know it, as after a reorganisation. */
async function readChild(view: DisputeView, announced: ProposedAssertion) {
  const { id, proposer, end, traceRoot } = announced
  const stored = await view.assertion(id)
  const status = fates[stored.status] ?? 'none'
  if (status === 'none') return undefined
  const [fate, aliveCommitments] = await Promise.all([view.fate(id), view.aliveCommitments(id)])
  const { bondId, reopenEpoch: epoch } = stored
  const isMarked = status !== 'pending'
  const isFirst = traceRoot === undefined
  const assertion: DisputedAssertion = { id, proposer, end, bondId, isFirst, fate, isMarked, aliveCommitments }
  return { epoch, assertion }
}

async function readCommitments(view: DisputeView, book: DisputeBook, id: Hash): Promise<DisputeCommitment[]> {
  const announced = book.joined(id)
  const stored = await mapLimited(announced, PARALLEL, (joined) => view.commitment(joined.id, joined.staker))
  return stored.filter(({ status }) => status !== 'none').sort((a, b) => a.joinIndex - b.joinIndex)
}

async function readDuels(
  view: DisputeView,
  book: DisputeBook,
  commitments: readonly DisputeCommitment[],
  focus: ReadDisputesOptions['focus'],
): Promise<DisputeDuel[]> {
  const pairs: { readonly older: Hash; readonly newer: Hash; readonly isWanted: boolean }[] = []
  for (const [at, older] of commitments.entries()) {
    for (const newer of commitments.slice(at + 1)) {
      if (older.assertionId === newer.assertionId) continue
      const isWanted = focus === undefined || focus(older) || focus(newer)
      pairs.push({ older: older.id, newer: newer.id, isWanted })
    }
  }
  const wanted = pairs.length <= ALL_PAIRS ? pairs : pairs.filter(({ isWanted }) => isWanted)
  return mapLimited(wanted, PARALLEL, async ({ older, newer }) => {
    const id = duelId(older, newer)
    const stored = await view.duel(id)
    return { ...stored, older, newer, ...movesOf(stored, book.duel(id)) }
  })
}
