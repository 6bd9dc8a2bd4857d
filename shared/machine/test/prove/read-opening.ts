import { concatBytes, hexToBytes, keccak256, tags } from '@crema/protocol'

const counts = [15, 19, 36, 23, 23]
const names = [tags.runSection, tags.blockSection, tags.txSection, tags.frameSection, tags.microOpSection]

/** What a proof opens, read by the specification alone. */
export interface Opening {
  /** Hash of what was opened. */
  readonly hash: Uint8Array
  readonly tape: Uint8Array
  readonly mask: number
  readonly packed: bigint
  readonly stackHash: Uint8Array
  readonly memRoot: Uint8Array
  /** Words of R, B, T, F, X; undefined where they are not open. */
  readonly sections: readonly (readonly Uint8Array[] | undefined)[]
}

export function readOpening(proof: Uint8Array): Opening {
  let at = 0
  const take = (size: number): Uint8Array => {
    if (at + size > proof.length) throw new Error('the proof is too short')
    at += size
    return proof.subarray(at - size, at)
  }
  const word = (): Uint8Array => take(32)
  if (take(1)[0] === 0) {
    const hash = keccak256(concatBytes(hexToBytes(tags.blockState), take(7 * 32)))
    const none = new Uint8Array(32)
    return { hash, tape: proof.subarray(at), mask: 0, packed: 0n, stackHash: none, memRoot: none, sections: [] }
  }
  const mask = take(1)[0]!
  const [packed, stackHash, memRoot, stateRoot, scratchRoot] = [word(), word(), word(), word(), word()]
  const sections: (readonly Uint8Array[] | undefined)[] = []
  const hashes: Uint8Array[] = []
  for (const [i, count] of counts.entries()) {
    const isOpen = ((mask >> i) & 1) === 1
    const words = isOpen ? Array.from({ length: count }, word) : undefined
    sections.push(words)
    hashes.push(words === undefined ? word() : keccak256(concatBytes(hexToBytes(names[i]!), ...words)))
  }
  const rest = keccak256(concatBytes(hexToBytes(tags.machine), stateRoot!, scratchRoot!, ...hashes))
  const hash = keccak256(concatBytes(rest, packed!, stackHash!, memRoot!))
  const tape = proof.subarray(at)
  const number = BigInt(`0x${Buffer.from(packed!).toString('hex')}`)
  return { hash, tape, mask, packed: number, stackHash: stackHash!, memRoot: memRoot!, sections }
}
