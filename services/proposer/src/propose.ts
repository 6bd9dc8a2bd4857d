import {
  type AssertionChildren,
  assertionChainAbi,
  assertionStatus,
  readAssertion,
  readChildren,
  readL1Block,
} from '@crema/l1'
import { ownAssertionEnd, ownEndState, rulesHash } from '@crema/node'
import { assertionId, type BlockState, stateHash } from '@crema/protocol'
import { encodeFunctionData } from 'viem'
import { act } from './act.ts'
import type { AgreedTip } from './agreed-tip.ts'
import { fixTarget } from './fix-target.ts'
import { readFunding, tellFunding } from './funding.ts'
import { nothing, type ProposerDependencies, type ProposerStep } from './ports.ts'
import { findRollableBond, NO_BOND } from './read-bond.ts'

/**
 * Asserts the one right child of `tip`, from this node's own execution up to the configured head, if it is due and can be paid for. The
 * id is computed here and pinned in the call, so that neither a crash nor a reorganisation can make two assertions or another one, nor another step verifier that
 * takes over meanwhile one that the stake was not meant for.
 * Throws `L1Error` and what the transaction manager throws.
 */
export async function propose(deps: ProposerDependencies, tip: AgreedTip): Promise<ProposerStep> {
  const { node, l1, tx, settings } = deps
  const { config } = node
  const { assertionChain, bondVault } = config.l1Contracts
  const bond = await findRollableBond(l1, bondVault, tx.address, tip.id, tip.stored)
  const stakeWei = bond === NO_BOND ? config.stake : 0n
  const unpaid = tellFunding(deps, await readFunding(deps, stakeWei))
  if (unpaid !== undefined) return nothing(unpaid)
  const children = await readChildren(l1, assertionChain, tip.id)
  if (children.firstChildAt !== 0n) return nothing('the tip is contested')
  const now = (await readL1Block(l1, { tag: 'latest' }))?.timestamp ?? 0n
  const wait =
    settings.intervalSeconds > config.minAssertionPeriod ? settings.intervalSeconds : config.minAssertionPeriod
  if (tip.stored.depth > 0 && now < tip.stored.createdAt + wait) return nothing('the interval has not passed')
  const verifier = await deps.verifiers.inForce()
  if (verifier === undefined) return nothing('the step verifier in force is unknown to this version')
  if (!children.targetFixed) return fixTarget(deps, tip)
  const own = await ownChild(deps, tip, children)
  if (!own.ok) return nothing(own.why)
  const expectedId = assertionId({
    parentId: tip.id,
    reopenEpoch: children.reopenEpoch,
    endStateHash: stateHash(own.state),
    targetCount: children.targetCount,
    inboxRoot: children.targetRoot,
    configHash: rulesHash(config, verifier),
  })
  deps.logger.info({ id: expectedId, parent: tip.id, number: own.state.number, rolls: bond !== NO_BOND }, 'proposing')
  return act(deps, {
    aim: `propose:${expectedId}`,
    to: assertionChain,
    data: encodeFunctionData({
      abi: assertionChainAbi,
      functionName: 'propose',
      args: [expectedId, tip.id, own.state, bond],
    }),
    valueWei: stakeWei,
    abi: assertionChainAbi,
    isDone: async () => (await readAssertion(l1, assertionChain, expectedId)).status !== assertionStatus.none,
    done: { did: 'proposed', what: expectedId },
  })
}

type OwnChild = { readonly ok: true; readonly state: BlockState } | { readonly ok: false; readonly why: string }

/** The tip's one right child by this node's own execution, over its own leaves: a stake must not stand on another fork's. */
async function ownChild(
  { node, inboxRoots, settings }: ProposerDependencies,
  { stored }: AgreedTip,
  { targetCount, targetRoot }: AssertionChildren,
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
