import { assertionStatus, bondVaultAbi, readAssertion, reading, readLineTip } from '@crema/l1'
import { encodeFunctionData } from 'viem'
import { attemptKey } from './attempt-key.ts'
import { readBond, readOwnBonds } from './find-bond.ts'
import type { ProposerDependencies, ProposerStep } from './ports.ts'

const ACTIVE = 1

/**
 * Brings home stakes that nothing rolls on: releases own bonds whose assertion is confirmed and not the tip of the line, then claims
 * the credit. Throws `L1Error` and what the transaction manager throws.
 */
export async function claimStakes(deps: ProposerDependencies): Promise<ProposerStep> {
  const { node, l1, tx, intents } = deps
  const { assertionChain, bondVault } = node.config.l1Contracts
  const tip = await readLineTip(l1, assertionChain)
  for (const id of await readOwnBonds(l1, bondVault, tx.address, node.config.l1StartBlock)) {
    const bond = await readBond(l1, bondVault, id)
    if (bond.status !== ACTIVE || bond.assertionId === tip) continue
    const { status } = await readAssertion(l1, assertionChain, bond.assertionId)
    if (status !== assertionStatus.confirmed) continue
    await tx.send({
      key: attemptKey(intents, `release:${id}`),
      to: bondVault,
      data: encodeFunctionData({ abi: bondVaultAbi, functionName: 'release', args: [id] }),
      abi: bondVaultAbi,
      isDone: async () => (await readBond(l1, bondVault, id)).status !== ACTIVE,
    })
    return { did: 'released', what: id }
  }
  const credit = await readCredit(deps)
  if (credit === 0n) return { did: 'nothing', why: 'no credit' }
  await tx.send({
    key: attemptKey(intents, `claim:${tx.address}`),
    to: bondVault,
    data: encodeFunctionData({ abi: bondVaultAbi, functionName: 'claim', args: [tx.address] }),
    abi: bondVaultAbi,
    isDone: async () => (await readCredit(deps)) === 0n,
  })
  return { did: 'claimed', what: credit.toString() }
}

function readCredit({ l1, node, tx }: ProposerDependencies): Promise<bigint> {
  return reading('BondVault.credit', () =>
    l1.readContract({
      address: node.config.l1Contracts.bondVault,
      abi: bondVaultAbi,
      functionName: 'credit',
      args: [tx.address],
    }),
  )
}
