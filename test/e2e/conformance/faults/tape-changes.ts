import { type Change, changeKinds } from '../mutations/changes.ts'
import type { StepRecord } from '../step-proofs/check-batch.ts'
import { proofSize } from '../step-proofs/encode-verify.ts'

/** Bytes of `verify`'s calldata before the proof. */
const HEAD = 324
const WORD = 32
/** Words of R, B, T, F, X. */
const sections = [15, 19, 36, 23, 23]
const XOR_BYTE = changeKinds.indexOf('XorByte')

/** `count` changes of one byte each in what the proof shows beside the state itself; none where it shows nothing. */
export function tapeChanges(record: StepRecord, count: number, random: (below: number) => number): Change[] {
  const size = proofSize(record.data)
  const start = openingSize(record.data)
  if (start >= size) return []
  return Array.from({ length: count }, () => ({
    kind: XOR_BYTE,
    value: random(2) === 0 ? 1 << random(8) : 1 + random(255),
    a: start + random(size - start),
    b: 0,
  }))
}

/** Bytes before the tape (docs/protocol/machine.md, Proofs). */
function openingSize(data: Uint8Array): number {
  const [form, mask] = [data[HEAD]!, data[HEAD + 1]!]
  if (form === 0) return 1 + 7 * WORD
  return sections.reduce((size, words, i) => size + WORD * (((mask >> i) & 1) === 1 ? words : 1), 2 + 5 * WORD)
}
