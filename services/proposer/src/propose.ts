import { assertionChainAbi, assertionStatus, readAssertion, readL1Block } from '@crema/l1'
import { ownAssertionEnd } from '@crema/node'
import { encodeFunctionData } from 'viem'
import { act } from './act.ts'
import { fixTarget } from './fix-target.ts'
import { readFunding, tellFunding } from './funding.ts'
import type { LineEntry, RightLine } from './line.ts'
import { childId, ownChild } from './own-child.ts'
import { nothing, type ProposerDependencies, type ProposerStep } from './ports.ts'
import { findRollableBond, NO_BOND } from './read-bond.ts'

/**
 * Asserts the one right child of the line's tip, from this node's own execution up to the configured head, if it is due and can be paid for. The
 * id is computed here and pinned in the call, so that neither a crash nor a reorganisation can make two assertions or another one, nor another step verifier that
 * takes over meanwhile one that the stake was not meant for.
 * Throws `L1Error` and what the transaction manager throws.
 */
export async function propose(deps: ProposerDependencies, { tip, below }: RightLine): Promise<ProposerStep> {
  const { node, l1, tx } = deps
  const { config } = node
  const { assertionChain, bondVault } = config.l1Contracts
  const bond = await findRollableBond(l1, bondVault, tx.address, tip.id, tip.stored)
  const stakeWei = bond === NO_BOND ? config.stake : 0n
  const unpaid = tellFunding(deps, await readFunding(deps, stakeWei))
  if (unpaid !== undefined) return nothing(unpaid)
  const now = (await readL1Block(l1, { tag: 'latest' }))?.timestamp ?? 0n
  if (tip.stored.depth > 0 && now < tip.stored.createdAt + waitSeconds(deps, tip)) {
    return nothing('the interval has not passed')
  }
  const verifier = await deps.verifiers.inForce()
  if (verifier === undefined) return nothing('the step verifier in force is unknown to this version')
  if (!below.targetFixed) return fixTarget(deps, tip)
  const own = await ownChild(deps, tip, below)
  if (!own.ok) return nothing(own.why)
  const expectedId = childId(deps, tip.id, below, own.state, verifier)
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

/** Seconds between an assertion and its child: the interval, unless as much as one assertion holds waits already. */
function waitSeconds({ node, settings }: ProposerDependencies, { stored }: LineEntry): bigint {
  const { config, store } = node
  const least = config.minAssertionPeriod
  if (settings.intervalSeconds <= least) return least
  const executed = store.heads()[settings.head].number - store.genesis().number
  const end = ownAssertionEnd(store, {
    startCount: stored.inboxCount,
    targetCount: executed,
    maxBlocks: config.maxBlocksPerAssertion,
    maxGas: config.maxGasPerAssertion,
  })
  return end !== undefined && end.inboxCount < executed ? least : settings.intervalSeconds
}
