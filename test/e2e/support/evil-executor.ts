import type { OwnChildren, OwnTrace, OwnTraces, OwnTracesOptions, RightChild } from '@crema/dispute'
import { buildTrace, type TraceStore } from '@crema/machine'
import { rulesHash } from '@crema/node'
import {
  assertionId,
  type BlockState,
  type Hash,
  hashWords,
  hexToBytes,
  keccak256Hex,
  type RollupConfig,
  stateHash,
} from '@crema/protocol'
import { type Lie, type Place, placeOf } from './evil-lie.ts'
import { falsify } from './evil-source.ts'

/** Whose results are falsified, and where. */
export interface EvilExecutorOptions {
  readonly config: RollupConfig
  /** What the honest node says. */
  readonly children: OwnChildren
  readonly machineOf: OwnTracesOptions['machineOf']
  readonly store: TraceStore
  readonly lie: Lie
  /** Makes one liar differ from another. */
  readonly salt: Hash
  /** Told where the lie is, once it is known. */
  readonly onPlace?: (child: RightChild, place: Place) => void
}

/** An executor that lies in one place: what it takes for the right child, and the trace of it. A dispute agent with these plays for the wrong root. */
export interface EvilExecutor {
  readonly children: OwnChildren
  readonly traces: OwnTraces
}

/** The end that a liar asserts in place of the right one. */
export const wrongEnd = (end: BlockState, salt: Hash): BlockState => ({
  ...end,
  stateRoot: keccak256Hex(hexToBytes(hashWords(salt, end.stateRoot))),
})

/** Creates an executor that falsifies what an honest one finds. */
export function createEvilExecutor(options: EvilExecutorOptions): EvilExecutor {
  const { config, children, machineOf, store, lie, salt, onPlace } = options
  /** What the wrong children were made from. */
  const rights = new Map<Hash, RightChild>()
  const built = new Map<Hash, OwnTrace>()

  async function build(child: RightChild, signal: AbortSignal | undefined): Promise<OwnTrace | undefined> {
    const right = rights.get(child.id)
    const machine = right && (await machineOf(right))
    if (right === undefined || machine === undefined) return undefined
    const place = placeOf(machine.source, lie)
    onPlace?.(child, place)
    const ends = { rightEnd: stateHash(right.end), wrongEnd: stateHash(child.end) }
    const source = falsify(machine.source, { place, salt, ...ends })
    const trace = await buildTrace({ source, store, ...(signal === undefined ? {} : { signal }) })
    // There is no proof of the lie: it sends the right one all the same and hopes.
    const proveStep: OwnTrace['proveStep'] = (b, x, i) => ({
      proof: machine.prove(b, x, i).proof,
      before: trace.stateBefore(b, x, i),
      after: trace.stateAfter(b, x, i),
    })
    return { ...trace, proveStep }
  }

  return {
    children: {
      async rightChild(parent) {
        const right = await children.rightChild(parent)
        if (!right.isKnown) return right
        const end = wrongEnd(right.end, salt)
        const { parentId, targetCount, inboxRoot } = right
        const id = assertionId({
          ...{ parentId, reopenEpoch: parent.reopenEpoch, endStateHash: stateHash(end) },
          ...{ targetCount, inboxRoot, configHash: rulesHash(config, parent.parent.verifier) },
        })
        rights.set(id, right)
        return { ...right, id, end }
      },
    },
    traces: {
      async traceOf(child, signal) {
        const known = built.get(child.id) ?? (await build(child, signal))
        if (known !== undefined) built.set(child.id, known)
        return known
      },
      progress: () => [],
      forget: (id) => void built.delete(id),
    },
  }
}
