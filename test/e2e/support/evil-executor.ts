import type { OwnChildren, OwnTrace, OwnTraces, OwnTracesOptions, RightChild } from '@crema/dispute'
import { buildTrace, createMachineSource, proveAt, type TraceStore, traceDepth } from '@crema/machine'
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
  readonly blocksOf: OwnTracesOptions['blocksOf']
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
  const { config, children, blocksOf, store, lie, salt, onPlace } = options
  /** What the wrong children were made from. */
  const rights = new Map<Hash, RightChild>()
  const built = new Map<Hash, OwnTrace>()

  async function build(child: RightChild, signal: AbortSignal | undefined): Promise<OwnTrace | undefined> {
    const right = rights.get(child.id)
    const blocks = right && (await blocksOf(right))
    if (right === undefined || blocks === undefined) return undefined
    const honest = createMachineSource(blocks)
    const place = placeOf(honest, lie)
    onPlace?.(child, place)
    const source = falsify(honest, { place, salt, rightEnd: stateHash(right.end), wrongEnd: stateHash(child.end) })
    const trace = await buildTrace({ source, store, ...(signal === undefined ? {} : { signal }) })
    const prove: OwnTrace['proveStep'] = (b, x, i) =>
      b < blocks.blocks
        ? proveAt(blocks.block(b), blocks.state, x, i)
        : proveAt(blocks.block(blocks.blocks - 1), blocks.state, 2 ** traceDepth.segments - 1, i)
    // There is no proof of the lie: it sends the right one all the same and hopes.
    const proveStep: OwnTrace['proveStep'] = (b, x, i) => ({
      proof: prove(b, x, i).proof,
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
          ...{ targetCount, inboxRoot, configHash: rulesHash(config) },
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
