import type { Certificate, CertifiedHeader, SequencerHeader } from '@crema/protocol'
import { bytesToHex } from '@crema/protocol'
import { badResponse } from '../errors.ts'
import { parseAddress, parseBytes, parseHash, parseObject, parseUint } from './fields.ts'

/** Largest committee, and so the most signatures in a certificate. */
const maxMembers = 256

/** JSON form of a certified header: integers as decimal strings, bytes as hex. */
export function encodeCertifiedHeader({ header, certificate }: CertifiedHeader) {
  return {
    header: {
      version: header.version.toString(),
      setId: header.setId,
      epoch: header.epoch.toString(),
      height: header.height.toString(),
      timestamp: header.timestamp.toString(),
      parentHash: header.parentHash,
      proposer: header.proposer,
      originNumber: header.originNumber.toString(),
      originHash: header.originHash,
      lanesRoot: header.lanesRoot,
      historyRoot: header.historyRoot,
    },
    certificate: { bitmap: certificate.bitmap.toString(), signatures: certificate.signatures },
  }
}

/** Inverse of {@link encodeCertifiedHeader} for hostile input. Checks the form alone, no signature. */
export function parseCertifiedHeader(value: unknown, where: string): CertifiedHeader {
  const fields = parseObject(value, where)
  return {
    header: parseHeader(fields.header, `${where}.header`),
    certificate: parseCertificate(fields.certificate, `${where}.certificate`),
  }
}

function parseHeader(value: unknown, where: string): SequencerHeader {
  const fields = parseObject(value, where)
  return {
    version: parseUint(fields.version, `${where}.version`),
    setId: parseHash(fields.setId, `${where}.setId`),
    epoch: parseUint(fields.epoch, `${where}.epoch`),
    height: parseUint(fields.height, `${where}.height`),
    timestamp: parseUint(fields.timestamp, `${where}.timestamp`),
    parentHash: parseHash(fields.parentHash, `${where}.parentHash`),
    proposer: parseAddress(fields.proposer, `${where}.proposer`),
    originNumber: parseUint(fields.originNumber, `${where}.originNumber`),
    originHash: parseHash(fields.originHash, `${where}.originHash`),
    lanesRoot: parseHash(fields.lanesRoot, `${where}.lanesRoot`),
    historyRoot: parseHash(fields.historyRoot, `${where}.historyRoot`),
  }
}

function parseCertificate(value: unknown, where: string): Certificate {
  const fields = parseObject(value, where)
  const signatures = parseBytes(fields.signatures, `${where}.signatures`)
  if (signatures.length > 64 * maxMembers) {
    throw badResponse(`${where}.signatures`, `more than ${maxMembers} signatures`, { length: signatures.length })
  }
  return { bitmap: parseUint(fields.bitmap, `${where}.bitmap`, maxMembers), signatures: bytesToHex(signatures) }
}
