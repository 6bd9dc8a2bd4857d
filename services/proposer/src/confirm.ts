import {
  assertionChainAbi,
  assertionStatus,
  guardianPauseAbi,
  readAssertion,
  readChildren,
  reading,
  readL1Block,
  readLatestConfirmed,
} from '@crema/l1'
import { ownEndState } from '@crema/node'
import { stateHash } from '@crema/protocol'
import { encodeFunctionData } from 'viem'
import { act } from './act.ts'
import { nothing, type ProposerDependencies, type ProposerStep } from './ports.ts'

/**
 * Confirms the only child of the latest confirmed assertion once its challenge period is over and this node agrees with it.
 * Throws `L1Error` and what the transaction manager throws.
 */
export async function confirm(deps: ProposerDependencies): Promise<ProposerStep> {
  const { node, l1 } = deps
  const { assertionChain, guardianPause } = node.config.l1Contracts
  const parentId = await readLatestConfirmed(l1, assertionChain)
  const children = await readChildren(l1, assertionChain, parentId)
  if (children.firstChildAt === 0n) return nothing('no assertion waits')
  if (children.firstRivalAt !== 0n) return nothing('the next assertion is contested')
  const id = children.firstChildId
  const now = (await readL1Block(l1, { tag: 'latest' }))?.timestamp ?? 0n
  if (now < children.firstChildAt + node.config.challengePeriod) return nothing('the challenge period runs')
  const [stored, parent] = await Promise.all([
    readAssertion(l1, assertionChain, id),
    readAssertion(l1, assertionChain, parentId),
  ])
  const end = ownEndState(node.store, parent.inboxCount, stored.inboxCount)
  if (end === undefined || stateHash(end) !== stored.stateHash)
    return nothing('the next assertion is not ours to confirm')
  const paused = await reading('GuardianPause.paused', () =>
    l1.readContract({ address: guardianPause, abi: guardianPauseAbi, functionName: 'paused' }),
  )
  if (paused) return nothing('the guardian paused confirmations')
  deps.logger.info({ id, number: end.number }, 'confirming')
  return act(deps, {
    aim: `confirm:${id}`,
    to: assertionChain,
    data: encodeFunctionData({ abi: assertionChainAbi, functionName: 'confirm', args: [id, end] }),
    abi: assertionChainAbi,
    isDone: async () => (await readAssertion(l1, assertionChain, id)).status === assertionStatus.confirmed,
    done: { did: 'confirmed', what: id },
  })
}
