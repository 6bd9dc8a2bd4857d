import { type DisputeDuel, duelId } from '@crema/l1'
import { type Address, bytesToHex, type Hash, hexToBytes } from '@crema/protocol'
import { endProof, nextMove, type OwnTrace } from '../../src/index.ts'
import { type Child, parentId } from './children.ts'
import { createModel, type Model } from './contract.ts'
import { noHash } from './rules.ts'
import { type Shape, toyStep } from './traces.ts'

const anyone: Address = `0x${'07'.repeat(20)}`

/** A dispute of two children with one commitment each, the rival's being the older one, and how to play on. */
export interface ModelDuel {
  readonly model: Model
  readonly older: Hash
  readonly newer: Hash
  duel(): DisputeDuel
  /** The due move of whose turn it is. */
  due(): ReturnType<typeof nextMove>
  /** Makes it. Throws `ModelRevert`. */
  play(): void
}

/** Proposes both and has both commit. */
export function startModelDuel(shape: Shape, first: Child, rival: Child): ModelDuel {
  const verify = (before: Hash, place: { b: number; x: number; i: number }) =>
    bytesToHex(toyStep(shape, hexToBytes(before), place))
  const model = createModel({ parentId, challengePeriod: 10_000n, gracePeriod: 50n, verify })
  const joining = (trace: OwnTrace) => ({
    ...{ traceRoot: bytesToHex(trace.root), proof: endProof(trace), bondId: noHash, stakeWei: 10n },
  })
  model.propose(first.id, first.end, anyone)
  const ids = { expectedId: rival.id, parentId, end: rival.end }
  model.call({ kind: 'rival', ...ids, ...joining(rival.trace) }, anyone)
  model.call({ kind: 'commit', assertionId: first.id, ...joining(first.trace) }, anyone)
  // The rival's commitment joined first: it is the older one.
  const [older, newer] = model.state().commitments.map(({ id }) => id) as [Hash, Hash]
  const traces = [rival.trace, first.trace] as const
  const duel = () => model.state().duels.find(({ id }) => id === duelId(older, newer))!
  const due = () => {
    const side = duel().status === 'none' ? 1 : duel().turn
    return nextMove(duel(), traces[side], side)
  }
  return {
    ...{ model, older, newer, duel, due },
    play() {
      const move = due()
      if (!move.isMove) throw new Error(move.refusal)
      model.call(move.call, anyone)
    },
  }
}
