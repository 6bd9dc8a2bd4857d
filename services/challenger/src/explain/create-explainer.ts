import {
  type Decision,
  decideStates,
  type Limits,
  type Mode,
  type NodeDisputes,
  type OwnChild,
  type OwnTrace,
} from '@crema/dispute'
import {
  type AccountStakes,
  createDisputeBook,
  type DisputeBook,
  type DisputeState,
  type L1Client,
  readDisputes,
} from '@crema/l1'
import type { RollupNode } from '@crema/node'
import { type Address, CremaError, type Hash } from '@crema/protocol'
import { type Explanation, explainAssertion } from './explain-assertion.ts'

export interface ExplainerPorts extends Pick<NodeDisputes, 'children' | 'traces' | 'blocksOf'> {
  readonly node: RollupNode
  readonly l1: L1Client
  readonly mode: Mode
  readonly limits: Limits
  readonly address: Address
  /** Whether a trace may be used: one that is not built yet takes its time. */
  readonly mayBuild: (assertionId: Hash) => boolean
}

/** What is known of the children of a parent now, and what is right to do. */
export interface Found {
  readonly state: DisputeState
  readonly own: OwnChild
  readonly trace: OwnTrace | undefined
  readonly decision: Decision
}

/** Looks at L1 and the node anew each time, beside the agent: it changes nothing and sends nothing. */
export interface Explainer {
  /** Throws `CremaError` `challenger.unknown-assertion`, `L1Error`. */
  explain(id: Hash): Promise<Explanation>
  /** Everything known about the children of these parents. Throws `L1Error`. */
  find(parentIds: readonly Hash[], stakes?: AccountStakes): Promise<Found[]>
  /** Events of all disputes, up to date. Throws `L1Error`. */
  book(): Promise<DisputeBook>
}

const nothing: AccountStakes = { credit: 0n, bonds: [] }

export function createExplainer(ports: ExplainerPorts): Explainer {
  const { node, l1, children, traces, blocksOf, mode, limits, address } = ports
  const contracts = node.config.l1Contracts
  const events = createDisputeBook(l1, { contracts, fromBlock: node.config.l1StartBlock })

  async function find(parentIds: readonly Hash[], stakes = nothing): Promise<Found[]> {
    const found: Found[] = []
    for (const state of await readDisputes(l1, { contracts, book: events, parentIds })) {
      const own = await children.rightChild(state)
      const trace = own.isKnown && ports.mayBuild(own.id) ? await traces.traceOf(own) : undefined
      const decision = decideStates({ state, own, trace, account: { address, stakes }, mode, limits })
      found.push({ state, own, trace, decision })
    }
    return found
  }

  return {
    find,
    book: async () => {
      await events.refresh()
      return events
    },
    explain: async (id) => {
      await events.refresh()
      const announced = events.assertion(id)
      const found = announced && (await find([announced.parentId]))
      const one = found?.find(({ state }) => state.assertions.some((assertion) => assertion.id === id))
      if (one === undefined) {
        throw new CremaError('challenger.unknown-assertion', `L1 has no assertion ${id}`, { details: { id } })
      }
      const { own } = one
      return explainAssertion({
        ...one,
        id,
        movesOf: (duelId) => events.duel(duelId),
        proposedIn: (assertionId) => events.assertion(assertionId)?.l1TransactionHash,
        blocks: own.isKnown && one.trace !== undefined ? await blocksOf(own) : undefined,
        store: node.store,
      })
    },
  }
}
