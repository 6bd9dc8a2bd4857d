import type { Hash } from '@crema/protocol'
import type { ProposedAssertion } from '../assertions.ts'
import type { L1Client } from '../client.ts'
import { createRangeReader, type RangeReader, replaceRange } from '../read-in-ranges.ts'
import type { DisputeContracts } from './contracts.ts'
import { type DisputeEvent, readDisputeEvents } from './events.ts'

export interface DisputeBookOptions {
  readonly contracts: DisputeContracts
  /** Block of the deployment. */
  readonly fromBlock: bigint
  /** L1 blocks read with one request. */
  readonly rangeBlocks?: bigint
}

/** Events of all disputes, rebuilt from L1 alone; a reorganisation of the newest blocks replaces what was read of them. */
export interface DisputeBook extends RangeReader {
  /** Parents that have children, in order of their first ones. */
  parents(): readonly Hash[]
  childrenOf(parentId: Hash): readonly ProposedAssertion[]
  assertion(id: Hash): ProposedAssertion | undefined
  assertions(): readonly ProposedAssertion[]
  /** Commitments that joined a dispute, in order. */
  joined(disputeId: Hash): readonly Extract<DisputeEvent, { kind: 'joined' }>[]
  /** Moves of a duel, in order. */
  duel(duelId: Hash): readonly DisputeEvent[]
  /** All events, in order. */
  events(): readonly DisputeEvent[]
  /** Drops what stands on a parent, once nothing of it is read again: part of it coming back would look like the rest being missing. */
  forget(parentId: Hash): void
}

/** Creates an empty book. */
export function createDisputeBook(
  l1: L1Client,
  { contracts, fromBlock, rangeBlocks }: DisputeBookOptions,
): DisputeBook {
  let events: DisputeEvent[] = []
  let index = indexEvents(events)
  const reader = createRangeReader<DisputeEvent>(l1, {
    fromBlock,
    ...(rangeBlocks === undefined ? {} : { rangeBlocks }),
    read: (from, to) => readDisputeEvents(l1, contracts, from, to),
    commit: (range) => {
      events = replaceRange(events, range)
      index = indexEvents(events)
    },
  })
  return {
    ...reader,
    parents: () => [...index.children.keys()],
    childrenOf: (parentId) => index.children.get(parentId) ?? [],
    assertion: (id) => index.assertions.get(id),
    assertions: () => [...index.assertions.values()],
    joined: (disputeId) => index.joined.get(disputeId) ?? [],
    duel: (duelId) => index.duels.get(duelId) ?? [],
    events: () => events,
    forget: (parentId) => {
      const gone = new Set((index.children.get(parentId) ?? []).map(({ id }) => id))
      const commitments = new Set<Hash>()
      for (const event of events) if (event.kind === 'joined' && gone.has(event.assertionId)) commitments.add(event.id)
      const duels = new Set<Hash>()
      for (const event of events) {
        const inDuel = event.kind === 'started' || event.kind === 'timedOut'
        if (inDuel && (commitments.has(event.older) || commitments.has(event.newer))) duels.add(event.duelId)
      }
      const isGone = (event: DisputeEvent): boolean => {
        if (event.kind === 'proposed') return gone.has(event.assertion.id)
        return event.kind === 'joined' ? commitments.has(event.id) : duels.has(event.duelId)
      }
      const below = reader.rereadFrom()
      if (events.some((event) => isGone(event) && event.l1BlockNumber >= below)) return
      events = events.filter((event) => !isGone(event))
      index = indexEvents(events)
    },
  }
}

function indexEvents(events: readonly DisputeEvent[]) {
  const assertions = new Map<Hash, ProposedAssertion>()
  const children = new Map<Hash, ProposedAssertion[]>()
  const joined = new Map<Hash, Extract<DisputeEvent, { kind: 'joined' }>[]>()
  const duels = new Map<Hash, DisputeEvent[]>()
  const add = <T>(map: Map<Hash, T[]>, key: Hash, value: T) => {
    const list = map.get(key)
    if (list === undefined) map.set(key, [value])
    else list.push(value)
  }
  for (const event of events) {
    if (event.kind === 'proposed') {
      assertions.set(event.assertion.id, event.assertion)
      add(children, event.assertion.parentId, event.assertion)
    } else if (event.kind === 'joined') add(joined, event.disputeId, event)
    else add(duels, event.duelId, event)
  }
  return { assertions, children, joined, duels }
}
