import type { Address, CommitteeEpoch, Hash } from '@crema/protocol'
import { createCommittee } from '../../src/committee/committee.ts'
import { keysFromMnemonic } from '../../src/committee/keys.ts'
import { devnetMnemonic } from '../../src/config.ts'

export const setId: Hash = `0x${'5e'.repeat(32)}`
export const registry: Address = `0x${'ee'.repeat(20)}`
export const domain = { chainId: 31_337n, registry }

export const committee = createCommittee(keysFromMnemonic(devnetMnemonic, 4), domain)

/** The committee as a verifier knows it. */
export const epoch: CommitteeEpoch = {
  setId,
  epoch: 0n,
  startHeight: 1n,
  endHeight: undefined,
  members: committee.members,
}

export const laneA = { lane: 901n, inbox: `0x${'a1'.repeat(20)}` } as const
export const laneB = { lane: 902n, inbox: `0x${'b2'.repeat(20)}` } as const
export const genesisOrigin = { number: 7n, hash: `0x${'07'.repeat(32)}` } as const
