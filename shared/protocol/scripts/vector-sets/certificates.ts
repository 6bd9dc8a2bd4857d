import {
  attestDigest,
  bigIntToBytes,
  buildCertificate,
  bytesToHex,
  type Certificate,
  concatBytes,
  type Hash,
  type Hex,
  headerHash,
  hexToBytes,
  privateKeyToAddress,
  quorum,
  type SequencerHeader,
  secp256k1HalfOrder,
  secp256k1Order,
  setId,
  signDigest,
} from '../../src/index.ts'
import { account, columns, toJson, type Vectors, word } from './columns.ts'
import { sampleHeader } from './ordering.ts'

/** Committee of the domain {chainId, registry} that `creator` made with `salt`. */
const domain = { chainId: 31_337n, registry: account('registry') }
const creator = account('creator')
const salt = word('salt')

const signers = Array.from({ length: 7 }, (_, i) => {
  const privateKey = hexToBytes(word(`committee member ${i}`))
  return { privateKey, address: privateKeyToAddress(privateKey) }
}).sort((left, right) => (left.address < right.address ? -1 : 1))
const members = signers.map((signer) => signer.address)
const set = setId(creator, salt, members)

/** `certificates.json`: a set of seven, its quorum five; `error` is the registry's error, empty for a valid certificate. */
export function certificateVectors(): Vectors {
  const header = sampleHeader(12n, { setId: set })
  const digest = attestDigest(header, headerHash(header), domain)
  const five = [0, 1, 2, 3, 4]
  const good = signed(digest, five)
  const before = (position: number, replace: (signature: Uint8Array) => Uint8Array): Certificate => {
    const parts = five.map((_, i) => hexToBytes(good.signatures).subarray(64 * i, 64 * i + 64))
    return {
      ...good,
      signatures: bytesToHex(concatBytes(...parts.map((part, i) => (i === position ? replace(part) : part)))),
    }
  }
  const withR = (r: bigint) => (part: Uint8Array) => concatBytes(bigIntToBytes(r, 32), part.subarray(32))
  const withS = (s: bigint) => (part: Uint8Array) => concatBytes(part.subarray(0, 32), bigIntToBytes(s, 32))
  const swapped = concatBytes(...[1, 0, 2, 3, 4].map((i) => hexToBytes(good.signatures).subarray(64 * i, 64 * i + 64)))
  const later = sampleHeader(12n, { setId: set, epoch: 1n })
  const genesis = sampleHeader(0n, { setId: set, parentHash: word('none') })
  const other = sampleHeader(12n, { setId: word('another set') })
  const cases: [string, SequencerHeader, Certificate, string][] = [
    ['lowest five', header, good, ''],
    ['highest five', header, signed(digest, [2, 3, 4, 5, 6]), ''],
    ['every second and more', header, signed(digest, [0, 2, 4, 5, 6]), ''],
    ['all seven', header, signed(digest, [0, 1, 2, 3, 4, 5, 6]), ''],
    ['no signer', header, { bitmap: 0n, signatures: '0x' }, 'QuorumNotReached'],
    ['one below the quorum', header, signed(digest, [0, 1, 2, 3]), 'QuorumNotReached'],
    ['bit beyond the members', header, { ...good, bitmap: good.bitmap | (1n << 7n) }, 'BitmapOutOfRange'],
    ['highest bit', header, { ...good, bitmap: good.bitmap | (1n << 255n) }, 'BitmapOutOfRange'],
    ['a byte short', header, { ...good, signatures: good.signatures.slice(0, -2) as Hex }, 'BadSignatureLength'],
    ['a byte long', header, { ...good, signatures: `${good.signatures}00` }, 'BadSignatureLength'],
    [
      'a signature more',
      header,
      { ...good, signatures: `${good.signatures}${good.signatures.slice(2, 130)}` },
      'BadSignatureLength',
    ],
    ['two signatures swapped', header, { ...good, signatures: bytesToHex(swapped) }, 'BadSignature'],
    ['another bit, same signatures', header, { ...good, bitmap: 0b101111n }, 'BadSignature'],
    ['parity flipped', header, before(4, (part) => part.with(32, part[32]! ^ 0x80)), 'BadSignature'],
    ['r zero', header, before(0, withR(0n)), 'BadSignature'],
    ['r at the order', header, before(0, withR(secp256k1Order)), 'BadSignature'],
    ['s zero', header, before(2, withS(0n)), 'BadSignature'],
    ['s high', header, before(2, withS(secp256k1HalfOrder + 1n)), 'BadSignature'],
    ['another header', { ...header, timestamp: header.timestamp + 1n }, good, 'BadSignature'],
    [
      'another chain',
      header,
      signed(attestDigest(header, headerHash(header), { ...domain, chainId: 1n }), five),
      'BadSignature',
    ],
    [
      'another registry',
      header,
      signed(attestDigest(header, headerHash(header), { ...domain, registry: account('x') }), five),
      'BadSignature',
    ],
    ['below the epoch', genesis, signedHeader(genesis, five), 'HeightOutsideEpoch'],
    ['unknown epoch', later, signedHeader(later, five), 'UnknownEpoch'],
    ['unknown set', other, signedHeader(other, five), 'UnknownSet'],
  ]
  return {
    chainId: toJson(Number(domain.chainId)),
    registry: domain.registry,
    creator,
    salt,
    setId: set,
    quorum: quorum(members.length),
    members,
    privateKeys: signers.map((signer) => bytesToHex(signer.privateKey)),
    cases: columns(
      cases.map(([name, header, certificate, error]) => {
        const hash = headerHash(header)
        return { name, error, ...header, headerHash: hash, digest: attestDigest(header, hash, domain), ...certificate }
      }),
    ),
  }
}

function signedHeader(header: SequencerHeader, indexes: readonly number[]): Certificate {
  return signed(attestDigest(header, headerHash(header), domain), indexes)
}

function signed(digest: Hash, indexes: readonly number[]): Certificate {
  return buildCertificate(new Map(indexes.map((i) => [i, signDigest(digest, signers[i]!.privateKey)])))
}
