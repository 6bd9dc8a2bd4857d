import { assertionId, type BlockState, type Hash, stateHash } from '@crema/protocol'
import type { OwnTrace, RightChild } from '../../src/index.ts'
import { noHash } from './rules.ts'
import { type Lie, type Shape, toyEnd, toyTrace } from './traces.ts'

export const parentId: Hash = `0x${'aa'.repeat(32)}`

/** A child of the parent with a trace that leads to its end. */
export interface Child {
  readonly id: Hash
  readonly end: BlockState
  readonly trace: OwnTrace
}

/** The child that an execution of this shape, with this lie, asserts. */
export async function makeChild(shape: Shape, lie?: Lie): Promise<Child> {
  const trace = await toyTrace(shape, lie)
  const end = toyEnd(shape, trace, lie)
  const rest = { parentId, reopenEpoch: 0, targetCount: 4n, inboxRoot: noHash, configHash: noHash }
  return { id: assertionId({ ...rest, endStateHash: stateHash(end) }), end, trace }
}

/** What a node that derived it says of the right child. */
export const asRight = ({ id, end }: Child): RightChild => ({
  ...{ isKnown: true, id, parentId, end, startHash: noHash, startInboxCount: 0n, targetCount: 4n, inboxRoot: noHash },
})
