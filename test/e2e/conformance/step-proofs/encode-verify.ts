import { hexToBytes } from '@crema/protocol'
import { toFunctionSelector } from 'viem'

/** What is given to `StepVerifier.verify` beside the proof. */
export interface VerifyArguments {
  readonly startInboxCount: bigint
  readonly targetCount: bigint
  readonly inboxRoot: Uint8Array
  readonly before: Uint8Array
  readonly block: number
  readonly segment: number
  readonly step: number
}

const selector = hexToBytes(
  toFunctionSelector('verify((uint64,uint64,bytes32,uint64),bytes32,uint64,uint64,uint64,bytes)'),
)
const HEAD = 4 + 32 * 10

/** Calldata of `StepVerifier.verify`. */
export function encodeVerify(given: VerifyArguments, proof: Uint8Array): Uint8Array {
  const padded = Math.ceil(proof.length / 32) * 32
  const data = new Uint8Array(HEAD + padded)
  const view = new DataView(data.buffer)
  const number = (word: number, value: bigint): void => view.setBigUint64(4 + 32 * word + 24, value)
  data.set(selector)
  number(0, given.startInboxCount)
  number(1, given.targetCount)
  data.set(given.inboxRoot, 4 + 64)
  data.set(given.before, 4 + 128)
  number(5, BigInt(given.block))
  number(6, BigInt(given.segment))
  number(7, BigInt(given.step))
  number(8, 288n)
  number(9, BigInt(proof.length))
  data.set(proof, HEAD)
  return data
}

/** Such calldata without the padding behind the proof. */
export function withoutPadding(data: Uint8Array): Uint8Array {
  const size = new DataView(data.buffer, data.byteOffset + HEAD - 4).getUint32(0)
  return data.subarray(0, HEAD + size)
}

/** Bytes of the proof in such calldata. */
export function proofSize(data: Uint8Array): number {
  return withoutPadding(data).length - HEAD
}
