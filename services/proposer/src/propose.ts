import {
  assertionChainAbi,
  assertionStatus,
  inboxAbi,
  readAssertion,
  readChildren,
  reading,
  readL1Block,
} from '@crema/l1'
import { ownAssertionEnd, ownEndState } from '@crema/node'
import { assertionId, type Hash, stateHash } from '@crema/protocol'
import { encodeFunctionData } from 'viem'
import type { Tip } from './agreed-tip.ts'
import { attemptKey } from './attempt-key.ts'
import { findRollableBond } from './find-bond.ts'
import type { ProposerDependencies, ProposerStep } from './ports.ts'

const nothing = (why: string): ProposerStep => ({ did: 'nothing', why })
const NO_BOND: Hash = `0x${'00'.repeat(32)}`

/**
 * Asserts the one right child of `tip`, from this node's own execution up to the configured head, if it is due. The id is computed
 * here and pinned in the call, so that neither a crash nor a reorganisation can make two assertions or another one.
 * Throws `L1Error` and what the transaction manager throws.
 */
export async function propose(deps: ProposerDependencies, tip: Extract<Tip, { ok: true }>): Promise<ProposerStep> {
  const { node, l1, settings } = deps
  const { config, store } = node
  const { assertionChain } = config.l1Contracts
  const children = await readChildren(l1, assertionChain, tip.id)
  if (children.firstChildAt !== 0n) return nothing('the tip is contested')
  if (!children.targetFixed) return fixTarget(deps, tip)
  const now = (await readL1Block(l1, { tag: 'latest' }))?.timestamp ?? 0n
  const wait =
    settings.intervalSeconds > config.minAssertionPeriod ? settings.intervalSeconds : config.minAssertionPeriod
  if (tip.stored.depth > 0 && now < tip.stored.createdAt + wait) return nothing('the interval has not passed')
  const end = ownAssertionEnd(store, {
    startCount: tip.stored.inboxCount,
    targetCount: children.targetCount,
    maxBlocks: config.maxBlocksPerAssertion,
    maxGas: config.maxGasPerAssertion,
  })
  const head = store.heads()[settings.head]
  if (end === undefined || store.genesis().number + end.inboxCount > head.number) {
    return nothing(`the ${settings.head} head has not reached the assertion's end`)
  }
  const state = ownEndState(store, tip.stored.inboxCount, end.inboxCount)!
  const expectedId = assertionId({
    parentId: tip.id,
    reopenEpoch: 0n,
    endStateHash: stateHash(state),
    targetCount: children.targetCount,
    inboxRoot: children.targetRoot,
    configHash: await readConfigHash(deps),
  })
  const bond = await findRollableBond(l1, config.l1Contracts.bondVault, deps.tx.address, tip.id, tip.stored)
  deps.logger.info({ id: expectedId, parent: tip.id, number: state.number, rolls: bond !== NO_BOND }, 'proposing')
  await deps.tx.send({
    key: attemptKey(deps.intents, `propose:${expectedId}`),
    to: assertionChain,
    data: encodeFunctionData({
      abi: assertionChainAbi,
      functionName: 'propose',
      args: [expectedId, tip.id, state, bond],
    }),
    valueWei: bond === NO_BOND ? config.stake : 0n,
    abi: assertionChainAbi,
    isDone: async () => (await readAssertion(l1, assertionChain, expectedId)).status !== assertionStatus.none,
  })
  return { did: 'proposed', what: expectedId }
}

/** Rules that every id pins: they never change, so one look per call is enough and none can be stale. */
function readConfigHash({ l1, node }: ProposerDependencies): Promise<Hash> {
  const { assertionChain } = node.config.l1Contracts
  return reading('AssertionChain.configHash', () =>
    l1.readContract({ address: assertionChain, abi: assertionChainAbi, functionName: 'configHash' }),
  )
}

/** The target must stand before the id can be computed. */
async function fixTarget(deps: ProposerDependencies, tip: Extract<Tip, { ok: true }>): Promise<ProposerStep> {
  const { l1, node, tx, intents } = deps
  const { assertionChain, inbox } = node.config.l1Contracts
  const count = await reading('Inbox.count', () =>
    l1.readContract({ address: inbox, abi: inboxAbi, functionName: 'count' }),
  )
  if (count <= tip.stored.inboxCount) return nothing('the Inbox holds nothing new')
  await tx.send({
    key: attemptKey(intents, `fix-target:${tip.id}`),
    to: assertionChain,
    data: encodeFunctionData({ abi: assertionChainAbi, functionName: 'fixTarget', args: [tip.id] }),
    abi: assertionChainAbi,
    isDone: async () => (await readChildren(l1, assertionChain, tip.id)).targetFixed,
  })
  return { did: 'fixed-target', what: tip.id }
}
