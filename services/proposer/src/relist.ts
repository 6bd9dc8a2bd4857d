import { assertionChainAbi, readChildren, reading, readLineTip } from '@crema/l1'
import { encodeFunctionData } from 'viem'
import { act } from './act.ts'
import type { RightLine } from './line.ts'
import { nothing, type ProposerDependencies, type ProposerStep } from './ports.ts'

/**
 * Puts the next right assertion back on the listed line, which a rival cut and which withdrawals are proven on, once what stands before it is without a
 * rival again. One level a look. Throws `L1Error` and what the transaction manager throws.
 */
export async function relist(deps: ProposerDependencies, { entries, tip }: RightLine): Promise<ProposerStep> {
  const { l1, node } = deps
  const { assertionChain } = node.config.l1Contracts
  const isListed = (id: typeof tip.id) =>
    reading('AssertionChain.isListed', () =>
      l1.readContract({ address: assertionChain, abi: assertionChainAbi, functionName: 'isListed', args: [id] }),
    )
  if (await isListed(tip.id)) return nothing('the line is listed to its tip')
  const end = await readLineTip(l1, assertionChain)
  const at = entries.findIndex(({ id }) => id === end)
  const next = at < 0 ? undefined : entries[at + 1]
  if (next === undefined) return nothing('the listed line ends elsewhere')
  const { firstChildId, firstRivalAt } = await readChildren(l1, assertionChain, end)
  if (firstRivalAt !== 0n || firstChildId !== next.id) return nothing('the listed line ends at a dispute')
  return act(deps, {
    aim: `relist:${next.id}:${next.stored.createdAt}`,
    to: assertionChain,
    data: encodeFunctionData({ abi: assertionChainAbi, functionName: 'relist', args: [next.id] }),
    abi: assertionChainAbi,
    isDone: () => isListed(next.id),
    done: { did: 'relisted', what: next.id },
  })
}
