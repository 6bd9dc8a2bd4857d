import { concatBytes, hexToBytes } from './bytes.ts'
import { encodeWord, hashWords } from './hash.ts'
import { keccak256Hex } from './keccak.ts'
import { tags } from './tags.ts'
import type { Address, Hash } from './types/hex.ts'
import type { CommitteeDomain, SequencerHeader } from './types/ordering.ts'

const typeHash = (type: string): Hash => keccak256Hex(new TextEncoder().encode(type))

const domainType = typeHash('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)')
const attestType = typeHash('Attest(bytes32 setId,uint64 epoch,uint64 height,bytes32 headerHash)')
const handoverType = typeHash('Handover(bytes32 setId,uint64 epoch,uint64 startHeight,bytes32 membersHash)')
const domainName = typeHash('Crema Committee')
const domainVersion = typeHash('1')

/** Signers that certify for `memberCount` members: floor(2N / 3) + 1. */
export function quorum(memberCount: number): number {
  return Math.floor((2 * memberCount) / 3) + 1
}

/** keccak256(abi.encode(address[] members)). */
export function membersHash(members: readonly Address[]): Hash {
  return keccak256Hex(concatBytes(encodeWord(32), encodeWord(members.length), ...members.map(encodeWord)))
}

/** Identifier of the set that `creator` makes on the committee registry. */
export function setId(creator: Address, salt: Hash, members: readonly Address[]): Hash {
  return hashWords(tags.committeeSet, creator, salt, membersHash(members))
}

/** EIP-712 digest that members sign for a header; `hash` is its {@link headerHash}. */
export function attestDigest(
  header: Pick<SequencerHeader, 'setId' | 'epoch' | 'height'>,
  hash: Hash,
  domain: CommitteeDomain,
): Hash {
  return digest(domain, hashWords(attestType, header.setId, header.epoch, header.height, hash))
}

/** What a quorum of an epoch signs to hand over to the next; `epoch` is the new one. */
export interface Handover {
  readonly setId: Hash
  readonly epoch: bigint
  readonly startHeight: bigint
  readonly members: readonly Address[]
}

/** EIP-712 digest that members of the current epoch sign for a handover. */
export function handoverDigest(handover: Handover, domain: CommitteeDomain): Hash {
  const { setId, epoch, startHeight, members } = handover
  return digest(domain, hashWords(handoverType, setId, epoch, startHeight, membersHash(members)))
}

function digest(domain: CommitteeDomain, structHash: Hash): Hash {
  const separator = hashWords(domainType, domainName, domainVersion, domain.chainId, domain.registry)
  return keccak256Hex(concatBytes(Uint8Array.of(0x19, 0x01), hexToBytes(separator), hexToBytes(structHash)))
}
