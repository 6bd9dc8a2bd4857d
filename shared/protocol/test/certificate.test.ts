import { encodeAbiParameters, hashTypedData, keccak256, recoverAddress as viemRecover } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it } from 'vitest'
import {
  bigIntToBytes,
  buildCertificate,
  bytesToHex,
  type CommitteeEpoch,
  CremaError,
  concatBytes,
  createTree,
  handoverDigest,
  headerHash,
  hexToBytes,
  historyLeaf,
  inHistory,
  keccak256Hex,
  membersHash,
  privateKeyToAddress,
  quorum,
  recoverAddress,
  recoverDigest,
  type SequencerHeader,
  secp256k1HalfOrder,
  secp256k1Order,
  setId,
  sign,
  signDigest,
  verifyCertificate,
  verifySignatures,
} from '../src/index.ts'
import { type Json, oracleHash, readVectors, rowsOf } from './support.ts'

const bigints = ['version', 'epoch', 'height', 'timestamp', 'originNumber', 'bitmap']
const parsed = (row: Json) => ({
  ...row,
  ...Object.fromEntries(bigints.filter((name) => name in row).map((name) => [name, BigInt(row[name])])),
})
const attestTypes = {
  Attest: [
    { name: 'setId', type: 'bytes32' },
    { name: 'epoch', type: 'uint64' },
    { name: 'height', type: 'uint64' },
    { name: 'headerHash', type: 'bytes32' },
  ],
} as const
const handoverTypes = {
  Handover: [
    { name: 'setId', type: 'bytes32' },
    { name: 'epoch', type: 'uint64' },
    { name: 'startHeight', type: 'uint64' },
    { name: 'membersHash', type: 'bytes32' },
  ],
} as const
const eip712 = (chainId: number, registry: `0x${string}`) =>
  ({ name: 'Crema Committee', version: '1', chainId, verifyingContract: registry }) as const

describe('sequencer headers', () => {
  it('match the vectors, and the vectors their definition', () => {
    const types = 'uint64, bytes32, uint64, uint64, uint64, bytes32, address, uint64, bytes32, bytes32, bytes32'
    for (const row of rowsOf(readVectors('sequencer-headers.json')).map(parsed)) {
      const {
        version,
        setId,
        epoch,
        height,
        timestamp,
        parentHash,
        proposer,
        originNumber,
        originHash,
        lanesRoot,
        historyRoot,
      } = row
      const words = [
        version,
        setId,
        epoch,
        height,
        timestamp,
        parentHash,
        proposer,
        originNumber,
        originHash,
        lanesRoot,
        historyRoot,
      ]
      expect(row.hash).toBe(oracleHash('sequencerHeader', types, words))
      expect(headerHash(row)).toBe(row.hash)
      expect(row.historyLeaf).toBe(oracleHash('historyLeaf', 'uint64, bytes32', [height, row.hash]))
      expect(historyLeaf(height, row.hash)).toBe(row.historyLeaf)
    }
  })
})

describe('header history', () => {
  it('holds every earlier header at its height alone', () => {
    const hashes = Array.from({ length: 9 }, (_, i) => keccak256Hex(Uint8Array.of(i)))
    const tree = createTree(hashes.map((hash, i) => historyLeaf(BigInt(i + 1), hash)))
    for (const [i, hash] of hashes.entries()) {
      const height = BigInt(i + 1)
      const siblings = tree.proof(i)
      expect(inHistory(height, hash, siblings, tree.root())).toBe(true)
      expect(inHistory(height + 1n, hash, siblings, tree.root())).toBe(false)
      expect(inHistory(height + (1n << 32n), hash, siblings, tree.root())).toBe(false)
      expect(inHistory(height, hash, siblings.slice(1), tree.root())).toBe(false)
      expect(inHistory(height, hash, siblings, tree.root(i))).toBe(false)
    }
    expect(inHistory(0n, hashes[0]!, tree.proof(0), tree.root())).toBe(false)
  })
})

describe('sets and handovers', () => {
  const vectors = readVectors('committee-sets.json')

  it.each(rowsOf(vectors.sets))('match their definition for $members.length members', (row) => {
    const hash = keccak256(encodeAbiParameters([{ type: 'address[]' }], [row.members]))
    expect(membersHash(row.members)).toBe(hash)
    expect(row.membersHash).toBe(hash)
    expect(row.setId).toBe(oracleHash('committeeSet', 'address, bytes32, bytes32', [row.creator, row.salt, hash]))
    expect(setId(row.creator, row.salt, row.members)).toBe(row.setId)
    expect(quorum(row.members.length)).toBe(row.quorum)
    const message = { setId: row.setId, epoch: BigInt(row.epoch), startHeight: BigInt(row.startHeight) }
    const expected = hashTypedData({
      domain: eip712(vectors.chainId, vectors.registry),
      types: handoverTypes,
      primaryType: 'Handover',
      message: { ...message, membersHash: hash },
    })
    expect(row.handoverDigest).toBe(expected)
    const domain = { chainId: BigInt(vectors.chainId), registry: vectors.registry }
    expect(handoverDigest({ ...message, members: row.members }, domain)).toBe(expected)
  })

  it('has a quorum above two thirds, reachable with a third minus one absent', () => {
    for (let n = 1; n <= 256; n++) {
      expect(3 * quorum(n)).toBeGreaterThan(2 * n)
      expect(quorum(n)).toBeLessThanOrEqual(n - Math.ceil(n / 3) + 1)
    }
  })
})

describe('certificates', () => {
  const vectors = readVectors('certificates.json')
  const domain = { chainId: BigInt(vectors.chainId), registry: vectors.registry }
  const committee: CommitteeEpoch = {
    setId: vectors.setId,
    epoch: 0n,
    startHeight: 1n,
    endHeight: undefined,
    members: vectors.members,
  }
  const codes: Record<string, string> = { UnknownSet: 'UNKNOWN_EPOCH' }
  const codeOf = (error: string) =>
    codes[error] ?? error.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toUpperCase()

  it.each(rowsOf(vectors.cases).map(parsed))('$name: $error', (row) => {
    const expected = hashTypedData({
      domain: eip712(vectors.chainId, vectors.registry),
      types: attestTypes,
      primaryType: 'Attest',
      message: { setId: row.setId, epoch: row.epoch, height: row.height, headerHash: row.headerHash },
    })
    expect(row.digest).toBe(expected)
    const header: SequencerHeader = row
    const certificate = { bitmap: row.bitmap, signatures: row.signatures }
    const verify = () => verifyCertificate(header, certificate, committee, domain)
    if (row.error === '') expect(verify).not.toThrow()
    else expect(verify).toThrow(expect.objectContaining({ code: codeOf(row.error) }))
  })

  it('certifies no height after the end of its epoch', () => {
    const row = parsed(rowsOf(vectors.cases)[0])
    const certificate = { bitmap: row.bitmap, signatures: row.signatures }
    const ended = (endHeight: bigint) => () => verifyCertificate(row, certificate, { ...committee, endHeight }, domain)
    expect(ended(row.height)).not.toThrow()
    expect(ended(row.height - 1n)).toThrow(expect.objectContaining({ code: 'HEIGHT_OUTSIDE_EPOCH' }))
  })

  it('serves 256 members', () => {
    const keys = Array.from({ length: 256 }, (_, i) => hexToBytes(keccak256Hex(Uint8Array.of(i)))).map((key) => ({
      key,
      address: privateKeyToAddress(key),
    }))
    keys.sort((left, right) => (left.address < right.address ? -1 : 1))
    const digest = keccak256Hex(Uint8Array.of(1))
    const certificate = buildCertificate(new Map(keys.slice(85).map(({ key }, i) => [i + 85, signDigest(digest, key)])))
    const members = keys.map(({ address }) => address)
    expect(() => verifySignatures(digest, certificate, members)).not.toThrow()
    expect(() =>
      verifySignatures(digest, { ...certificate, bitmap: certificate.bitmap | (1n << 256n) }, members),
    ).toThrow(expect.objectContaining({ code: 'BITMAP_OUT_OF_RANGE' }))
  })

  it('refuses a high s even of the member itself', () => {
    const digest = keccak256Hex(Uint8Array.of(2))
    const r = sign(digest, hexToBytes(vectors.privateKeys[0])).r
    const s = secp256k1HalfOrder + 1n
    const member = recoverAddress(digest, { r, s, yParity: 0 })!
    const signatures = bytesToHex(concatBytes(bigIntToBytes(r, 32), bigIntToBytes(s, 32)))
    expect(() => verifySignatures(digest, { bitmap: 1n, signatures }, [member])).toThrow(
      expect.objectContaining({ code: 'BAD_SIGNATURE' }),
    )
  })
})

describe('signatures', () => {
  it('agree with viem', async () => {
    for (let i = 1; i <= 40; i++) {
      const key = hexToBytes(keccak256Hex(Uint8Array.of(i)))
      const digest = keccak256Hex(Uint8Array.of(i, i))
      const owner = privateKeyToAccount(bytesToHex(key))
      const { r, s, yParity } = sign(digest, key)
      expect(s <= secp256k1HalfOrder).toBe(true)
      expect(privateKeyToAddress(key)).toBe(owner.address.toLowerCase())
      const hex = bytesToHex(concatBytes(bigIntToBytes(r, 32), bigIntToBytes(s, 32), Uint8Array.of(27 + yParity)))
      expect(await owner.sign({ hash: digest })).toBe(hex)
      expect((await viemRecover({ hash: digest, signature: hex })).toLowerCase()).toBe(owner.address.toLowerCase())
      expect(recoverDigest(digest, hexToBytes(signDigest(digest, key)))).toBe(owner.address.toLowerCase())
    }
  })

  it('recover nobody from values that no signature has', () => {
    const digest = keccak256Hex(Uint8Array.of(3))
    for (const [r, s] of [
      [0n, 1n],
      [1n, 0n],
      [secp256k1Order, 1n],
      [1n, secp256k1Order],
      [5n, 1n],
      [2n ** 256n, 1n],
    ] as const) {
      expect(recoverAddress(digest, { r, s, yParity: 0 })).toBeUndefined()
    }
    expect(recoverDigest(digest, new Uint8Array(63))).toBeUndefined()
    expect(recoverDigest(digest, new Uint8Array(65))).toBeUndefined()
  })

  it('need a private key', () => {
    for (const key of [new Uint8Array(32), new Uint8Array(31).fill(1), bigIntToBytes(secp256k1Order, 32)]) {
      expect(() => sign(keccak256Hex(key), key)).toThrow(CremaError)
      expect(() => privateKeyToAddress(key)).toThrow(CremaError)
    }
    expect(() => buildCertificate(new Map([[0, '0x00']]))).toThrow(
      expect.objectContaining({ code: 'BAD_SIGNATURE_LENGTH' }),
    )
  })
})
