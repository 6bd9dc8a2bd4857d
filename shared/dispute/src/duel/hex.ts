import { bytesToHex, type Hash } from '@crema/protocol'

export const noHash: Hash = `0x${'0'.repeat(64)}`

/** Hashes as calldata wants them. */
export const toHashes = (nodes: readonly Uint8Array[]): Hash[] => nodes.map(bytesToHex)
