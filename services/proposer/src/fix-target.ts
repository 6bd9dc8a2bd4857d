import { assertionChainAbi, inboxAbi, readChildren, reading } from '@crema/l1'
import { encodeFunctionData } from 'viem'
import { act } from './act.ts'
import type { LineEntry } from './line.ts'
import { nothing, type ProposerDependencies, type ProposerStep } from './ports.ts'

/**
 * Fixes the target of the tip's children to the Inbox as it stands: it must stand before the child's id can be computed. Only to be
 * called when a child is due, so that it reaches as far as it can. Throws `L1Error` and what the transaction manager throws.
 */
export async function fixTarget(deps: ProposerDependencies, tip: LineEntry): Promise<ProposerStep> {
  const { l1, node } = deps
  const { assertionChain, inbox } = node.config.l1Contracts
  const count = await reading('Inbox.count', () =>
    l1.readContract({ address: inbox, abi: inboxAbi, functionName: 'count' }),
  )
  if (count <= tip.stored.inboxCount) return nothing('the Inbox holds nothing new')
  return act(deps, {
    aim: `fix-target:${tip.id}`,
    to: assertionChain,
    data: encodeFunctionData({ abi: assertionChainAbi, functionName: 'fixTarget', args: [tip.id] }),
    abi: assertionChainAbi,
    isDone: async () => (await readChildren(l1, assertionChain, tip.id)).targetFixed,
    done: { did: 'fixed-target', what: tip.id },
  })
}
