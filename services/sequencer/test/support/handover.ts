import { committeeRegistryAbi } from '@crema/l1'
import { buildCertificate, handoverDigest, signDigest } from '@crema/protocol'
import { createCommittee } from '../../src/committee/committee.ts'
import { keysFromMnemonic } from '../../src/committee/keys.ts'
import { devnetMnemonic } from '../../src/config.ts'
import type { Rollup } from './rollup.ts'

/** Where the next epoch's keys begin in the mnemonic, and how many there are. */
export const nextKeys = { firstIndex: 10, count: 5 } as const

/** Hands the rollup's set over to the next epoch on the real registry, signed by every member; the new committee. */
export async function handOver(chain: Rollup, startHeight: bigint) {
  const domain = { chainId: 31_337n, registry: chain.registry }
  const committee = createCommittee(keysFromMnemonic(devnetMnemonic, nextKeys.count, nextKeys.firstIndex), domain)
  const handover = { setId: chain.setId, epoch: 1n, startHeight, members: committee.members }
  const digest = handoverDigest(handover, domain)
  const old = keysFromMnemonic(devnetMnemonic, 4)
  const signatures = chain.committee.members.map((member) => {
    const key = old.find((candidate) => createCommittee([candidate], domain).members[0] === member)!
    return signDigest(digest, key)
  })
  await chain.deployer.writeContract({
    address: chain.registry,
    abi: committeeRegistryAbi,
    functionName: 'handover',
    args: [chain.setId, [...committee.members], startHeight, buildCertificate(new Map(signatures.entries()))],
    chain: null,
  })
  return committee
}
