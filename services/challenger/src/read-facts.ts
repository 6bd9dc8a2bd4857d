import { type L1Client, type ProposedAssertion, readAssertion, readChildren, verifierOfChild } from '@crema/l1'
import type { JudgedAssertion } from '@crema/node'
import type { L1Contracts } from '@crema/protocol'

/**
 * Reads what an announced assertion must be judged against. The answers may come from replicas on different forks: the id tells
 * whether they belong together. Throws `L1Error`.
 */
export async function readFacts(
  l1: L1Client,
  { assertionChain, stepVerifier }: Pick<L1Contracts, 'assertionChain' | 'stepVerifier'>,
  { id, parentId, end }: ProposedAssertion,
): Promise<JudgedAssertion> {
  const [{ reopenEpoch }, { inboxCount: startCount }, siblings] = await Promise.all([
    readAssertion(l1, assertionChain, id),
    readAssertion(l1, assertionChain, parentId),
    readChildren(l1, assertionChain, parentId),
  ])
  const { targetCount, targetRoot } = siblings
  const verifier = verifierOfChild({ reopenEpoch }, siblings, stepVerifier)
  return { id, parentId, end, reopenEpoch, startCount, targetCount, targetRoot, verifier }
}
