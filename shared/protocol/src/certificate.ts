import { bytesToHex, concatBytes, hexToBytes } from './bytes.ts'
import { attestDigest, quorum } from './committee.ts'
import { CremaError } from './errors.ts'
import { recoverDigest } from './secp256k1.ts'
import { headerHash } from './sequencer-header.ts'
import type { Hash, Hex } from './types/hex.ts'
import type { Certificate, CommitteeDomain, CommitteeEpoch, SequencerHeader } from './types/ordering.ts'

/** Certificate of EIP-2098 signatures keyed by the index of the member in its epoch. Throws {@link CremaError} `BAD_SIGNATURE_LENGTH`. */
export function buildCertificate(signatures: ReadonlyMap<number, Hex>): Certificate {
  const sorted = [...signatures].sort(([left], [right]) => left - right)
  const parts = sorted.map(([, signature]) => hexToBytes(signature))
  for (const part of parts) assertLength(part.length, 64)
  return {
    bitmap: sorted.reduce((bits, [member]) => bits | (1n << BigInt(member)), 0n),
    signatures: bytesToHex(concatBytes(...parts)),
  }
}

/**
 * Checks that `certificate` is a quorum's attestation of `header` by `committee`, as `CommitteeRegistry.verify` does on L1. Throws
 * {@link CremaError} with the registry's reason: `UNKNOWN_EPOCH` (another set or epoch), `HEIGHT_OUTSIDE_EPOCH`, `BITMAP_OUT_OF_RANGE`,
 * `QUORUM_NOT_REACHED`, `BAD_SIGNATURE_LENGTH`, `BAD_SIGNATURE` (also for a high s); and `DecodeError` for malformed fields.
 */
export function verifyCertificate(
  header: SequencerHeader,
  certificate: Certificate,
  committee: CommitteeEpoch,
  domain: CommitteeDomain,
): void {
  if (header.setId !== committee.setId || header.epoch !== committee.epoch) {
    throw refused('UNKNOWN_EPOCH', 'the header is of another set or epoch', {
      setId: header.setId,
      epoch: header.epoch,
      expectedSetId: committee.setId,
      expectedEpoch: committee.epoch,
    })
  }
  const { startHeight, endHeight } = committee
  if (header.height < startHeight || (endHeight !== undefined && header.height > endHeight)) {
    const details = { height: header.height, startHeight, endHeight }
    throw refused('HEIGHT_OUTSIDE_EPOCH', `height ${header.height} is outside epoch ${header.epoch}`, details)
  }
  verifySignatures(attestDigest(header, headerHash(header), domain), certificate, committee.members)
}

/** Checks a quorum's signatures of `digest`, as {@link verifyCertificate} does; also serves handovers. */
export function verifySignatures(digest: Hash, certificate: Certificate, members: CommitteeEpoch['members']): void {
  const { bitmap } = certificate
  if (bitmap < 0n || bitmap >> BigInt(members.length) !== 0n) {
    const details = { bitmap, memberCount: members.length }
    throw refused('BITMAP_OUT_OF_RANGE', `the bitmap names members beyond ${members.length}`, details)
  }
  const signers = members.flatMap((_, i) => ((bitmap >> BigInt(i)) & 1n ? [i] : []))
  const needed = quorum(members.length)
  if (signers.length < needed) {
    const details = { signers: signers.length, quorum: needed }
    throw refused('QUORUM_NOT_REACHED', `${signers.length} signers, the quorum is ${needed}`, details)
  }
  const signatures = hexToBytes(certificate.signatures)
  assertLength(signatures.length, 64 * signers.length)
  for (const [position, memberIndex] of signers.entries()) {
    const recovered = recoverDigest(digest, signatures.subarray(64 * position, 64 * position + 64))
    const member = members[memberIndex]
    if (recovered === undefined || recovered !== member) {
      const details = { memberIndex, recovered, member }
      throw refused('BAD_SIGNATURE', `the signature of member ${memberIndex} is not its own`, details)
    }
  }
}

function assertLength(length: number, expected: number): void {
  if (length !== expected) {
    throw refused('BAD_SIGNATURE_LENGTH', `${length} bytes of signatures instead of ${expected}`, { length, expected })
  }
}

function refused(code: string, message: string, details: Record<string, unknown>): CremaError {
  return new CremaError(code, message, { details })
}
