import { bondVaultAbi, readFate, reading, readLineTip } from '@crema/l1'
import { encodeFunctionData } from 'viem'
import { act } from './act.ts'
import { nothing, type ProposerDependencies, type ProposerStep } from './ports.ts'
import { ACTIVE, readBond } from './read-bond.ts'

/**
 * Brings home stakes that nothing rolls on: releases own bonds whose assertion is confirmed and not the tip of the line, or refunded, then claims
 * the credit, whoever released it. Bonds are looked at only with `lookAtBonds`; the credit is one cheap question. Throws `L1Error` and
 * what the transaction manager throws.
 */
export async function claimStakes(deps: ProposerDependencies, lookAtBonds: boolean): Promise<ProposerStep> {
  const { node, tx } = deps
  const { bondVault } = node.config.l1Contracts
  const released = lookAtBonds ? await releaseBond(deps) : undefined
  if (released !== undefined) return released
  const credit = await readCredit(deps)
  if (credit === 0n) return nothing('no credit')
  return act(deps, {
    aim: `claim:${tx.address}`,
    to: bondVault,
    data: encodeFunctionData({ abi: bondVaultAbi, functionName: 'claim', args: [tx.address] }),
    abi: bondVaultAbi,
    isDone: async () => (await readCredit(deps)) === 0n,
    done: { did: 'claimed', what: credit.toString() },
  })
}

async function releaseBond(deps: ProposerDependencies): Promise<ProposerStep | undefined> {
  const { node, l1, bonds } = deps
  const { assertionChain, bondVault } = node.config.l1Contracts
  await bonds.refresh()
  const tip = await readLineTip(l1, assertionChain)
  for (const id of bonds.ids()) {
    const bond = await readBond(l1, bondVault, id)
    if (bond.status !== ACTIVE) bonds.forget(id)
    if (bond.status !== ACTIVE || bond.assertionId === tip) continue
    const fate = await readFate(l1, assertionChain, bond.assertionId)
    if ((fate !== 'confirmed' && fate !== 'refunded') || bond.commitments > 0) continue
    const step = await act(deps, {
      aim: `release:${id}`,
      to: bondVault,
      data: encodeFunctionData({ abi: bondVaultAbi, functionName: 'release', args: [id] }),
      abi: bondVaultAbi,
      isDone: async () => (await readBond(l1, bondVault, id)).status !== ACTIVE,
      done: { did: 'released', what: id },
    })
    // One that waits after a failure keeps nobody from the next.
    if (step.did !== 'nothing') return step
  }
  return undefined
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
