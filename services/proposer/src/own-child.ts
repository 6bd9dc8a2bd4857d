import type { AssertionChildren } from '@crema/l1'
import { ownAssertionEnd, ownEndState, rulesHash } from '@crema/node'
import { type Address, assertionId, type BlockState, type Hash, stateHash } from '@crema/protocol'
import type { LineEntry } from './line.ts'
import type { ProposerDependencies } from './ports.ts'

/** The one right child of an assertion, or why this node cannot tell. */
export type OwnChild = { readonly ok: true; readonly state: BlockState } | { readonly ok: false; readonly why: string }

/** The right child of `parent`, whose target is fixed, by this node's own execution, over its own leaves: a stake must not stand on another fork's. */
export async function ownChild(
  { node, inboxRoots, settings }: Pick<ProposerDependencies, 'node' | 'inboxRoots' | 'settings'>,
  { stored }: LineEntry,
  { targetCount, targetRoot }: Pick<AssertionChildren, 'targetCount' | 'targetRoot'>,
): Promise<OwnChild> {
  const { config, store } = node
  const ownRoot = await inboxRoots.at(targetCount)
  if (ownRoot === undefined) return { ok: false, why: "this node has not read the Inbox up to the assertion's target" }
  if (ownRoot !== targetRoot)
    return { ok: false, why: 'this node follows another fork of L1 than the target stands on' }
  const end = ownAssertionEnd(store, {
    startCount: stored.inboxCount,
    targetCount,
    maxBlocks: config.maxBlocksPerAssertion,
    maxGas: config.maxGasPerAssertion,
  })
  const head = store.heads()[settings.head]
  const state = end && ownEndState(store, stored.inboxCount, end.inboxCount)
  if (state === undefined || state.number > head.number) {
    return { ok: false, why: `the ${settings.head} head has not reached the assertion's end` }
  }
  return { ok: true, state }
}

/** Id of the child of `parentId` that ends in `end`, under a step verifier. */
export function childId(
  { node }: Pick<ProposerDependencies, 'node'>,
  parentId: Hash,
  { reopenEpoch, targetCount, targetRoot }: AssertionChildren,
  end: BlockState,
  verifier: Address,
): Hash {
  return assertionId({
    ...{ parentId, reopenEpoch, targetCount, inboxRoot: targetRoot },
    endStateHash: stateHash(end),
    configHash: rulesHash(node.config, verifier),
  })
}
