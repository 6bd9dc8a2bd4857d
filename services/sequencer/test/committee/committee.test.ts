import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesToHex, quorum, verifyCertificate } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { zeroHash } from '../../src/chain/initial-state.ts'
import { createCommittee } from '../../src/committee/committee.ts'
import { keysFromFile, keysFromMnemonic } from '../../src/committee/keys.ts'
import { devnetMnemonic } from '../../src/config.ts'
import { domain, epoch, setId } from '../support/committee.ts'
import { tempDir } from '../support/temp-dir.ts'

const headerAt = (height: bigint) => ({
  version: 1n,
  setId,
  epoch: 0n,
  height,
  timestamp: 1n,
  parentHash: zeroHash,
  proposer: `0x${'00'.repeat(20)}` as const,
  originNumber: 1n,
  originHash: zeroHash,
  lanesRoot: zeroHash,
  historyRoot: zeroHash,
})

describe('the committee', () => {
  it.each([1, 2, 3, 4, 7, 32])('of %i certifies with exactly a quorum, in turns', (count) => {
    const committee = createCommittee(keysFromMnemonic(devnetMnemonic, count), domain)
    expect(committee.members).toEqual([...committee.members].sort())
    const signed = new Set<number>()
    for (let height = 1n; height <= BigInt(count); height++) {
      const certificate = committee.certify(headerAt(height))
      verifyCertificate(headerAt(height), certificate, { ...epoch, members: committee.members }, domain)
      const signers = [...Array(count).keys()].filter((i) => (certificate.bitmap >> BigInt(i)) & 1n)
      expect(signers.length).toBe(quorum(count))
      for (const signer of signers) signed.add(signer)
    }
    expect(signed.size).toBe(count)
  })

  it('refuses no members, doubles, and files that are not keys', () => {
    const [key] = keysFromMnemonic(devnetMnemonic, 1)
    const bad = expect.objectContaining({ code: 'BAD_COMMITTEE' })
    expect(() => createCommittee([], domain)).toThrowError(bad)
    expect(() => createCommittee([key!, key!], domain)).toThrowError(bad)
    const path = join(tempDir(), 'keys')
    writeFileSync(path, `# members\n${bytesToHex(key!)}\n\n`)
    expect(keysFromFile(path)).toEqual([key])
    writeFileSync(path, '0x12\n')
    expect(() => keysFromFile(path)).toThrowError(bad)
  })
})
