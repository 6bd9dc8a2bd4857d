import {
  attestDigest,
  buildCertificate,
  bytesToHex,
  type Certificate,
  type CertifiedHeader,
  headerHash,
  hexToBytes,
  keccak256,
  signDigest,
} from '@crema/protocol'
import type { Committee } from '../committee/committee.ts'
import type { Faults } from './switches.ts'

/** `certified` with a certificate that no verifier may accept. */
export function forge(
  certified: CertifiedHeader,
  kind: NonNullable<Faults['forge']>,
  committee: Committee,
): CertifiedHeader {
  return { header: certified.header, certificate: forgeries[kind](certified, committee) }
}

const forgeries: Record<
  NonNullable<Faults['forge']>,
  (certified: CertifiedHeader, committee: Committee) => Certificate
> = {
  /** One bit of the first signature is flipped. */
  signature: ({ certificate }) => {
    const bytes = hexToBytes(certificate.signatures)
    bytes[10]! ^= 1
    return { ...certificate, signatures: bytesToHex(bytes) }
  },
  /** Signed by keys that are not the members'. */
  outsider: ({ header }, { domain, members }) => {
    const digest = attestDigest(header, headerHash(header), domain)
    const key = (i: number) => keccak256(new TextEncoder().encode(`outsider ${i}`))
    return buildCertificate(new Map(members.map((_, i) => [i, signDigest(digest, key(i))])))
  },
  /** Only the first of the signers. */
  quorum: ({ certificate: { bitmap, signatures } }) => ({
    bitmap: bitmap & -bitmap,
    signatures: signatures.slice(0, 2 + 128) as `0x${string}`,
  }),
}
