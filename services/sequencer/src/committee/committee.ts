import {
  type Address,
  attestDigest,
  buildCertificate,
  type Certificate,
  type CommitteeDomain,
  headerHash,
  privateKeyToAddress,
  quorum,
  type SequencerHeader,
  signDigest,
} from '@crema/protocol'
import { SequencerServiceError } from '../errors.ts'

/** The members' keys, all in this process. */
export interface Committee {
  /** Ascending, as the committee registry orders them. */
  readonly members: readonly Address[]
  readonly domain: CommitteeDomain
  /** Member whose turn the height is. */
  proposer(height: bigint): Address
  /** A quorum's certificate of `header`: the proposer and the members after it. */
  certify(header: SequencerHeader): Certificate
}

/** A committee of 1 to 256 distinct keys. @throws SequencerServiceError BAD_COMMITTEE; CremaError BAD_PRIVATE_KEY. */
export function createCommittee(privateKeys: readonly Uint8Array[], domain: CommitteeDomain): Committee {
  const keys = privateKeys
    .map((key) => ({ key, address: privateKeyToAddress(key) }))
    .sort((left, right) => (left.address < right.address ? -1 : 1))
  const members = keys.map(({ address }) => address)
  if (members.length < 1 || members.length > 256 || new Set(members).size !== members.length) {
    throw new SequencerServiceError('BAD_COMMITTEE', 'a committee has 1 to 256 distinct members', {
      details: { count: members.length },
    })
  }
  const turn = (height: bigint) => Number(height % BigInt(members.length))
  return {
    members,
    domain,
    proposer: (height) => members[turn(height)]!,
    certify: (header) => {
      const digest = attestDigest(header, headerHash(header), domain)
      const signers = Array.from(
        { length: quorum(members.length) },
        (_, i) => (turn(header.height) + i) % members.length,
      )
      return buildCertificate(new Map(signers.map((i) => [i, signDigest(digest, keys[i]!.key)])))
    },
  }
}
