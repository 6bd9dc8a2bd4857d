import { bigIntToBytes } from '@crema/protocol'
import { padded, readInteger } from '../../state/words.ts'
import type { Precompile } from './types.ts'

/** Largest operand from Osaka on (EIP-7823), bytes. */
const MAX_OPERAND = 1_024n

interface Lengths {
  readonly base: bigint
  readonly exponent: bigint
  readonly modulus: bigint
}

/** base^exponent mod modulus (EIP-198), priced by EIP-2565 and from Osaka on by EIP-7883. */
export const modexp: Precompile = {
  price(input, osaka) {
    const lengths = readLengths(input)
    const operand = lengths.base > lengths.modulus ? lengths.base : lengths.modulus
    const words = (operand + 7n) / 8n
    const rounds = iterations(lengths.exponent, exponentHead(input, lengths), osaka ? 16n : 8n)
    if (!osaka) return Math.max(200, Number((words * words * rounds) / 3n))
    const complexity = operand <= 32n ? 16n : 2n * words * words
    return Math.max(500, Number(complexity * rounds))
  },
  run(input, osaka) {
    const { base, exponent, modulus } = readLengths(input)
    if (osaka && (base > MAX_OPERAND || exponent > MAX_OPERAND || modulus > MAX_OPERAND)) return undefined
    if (modulus === 0n) return new Uint8Array(0)
    const [b, e, m] = [Number(base), Number(exponent), Number(modulus)]
    const read = (offset: number, length: number): bigint => readInteger(padded(input, offset, length), 0, length)
    const result = power(read(96, b), read(96 + b, e), read(96 + b + e, m))
    return bigIntToBytes(result, m)
  },
}

function readLengths(input: Uint8Array): Lengths {
  const head = padded(input, 0, 96)
  return { base: readInteger(head, 0, 32), exponent: readInteger(head, 32, 32), modulus: readInteger(head, 64, 32) }
}

/** The first 32 bytes of the exponent, or all of it. */
function exponentHead(input: Uint8Array, { base, exponent }: Lengths): bigint {
  const length = exponent < 32n ? Number(exponent) : 32
  if (base >= BigInt(input.length)) return 0n
  return readInteger(padded(input, 96 + Number(base), length), 0, length)
}

function iterations(length: bigint, head: bigint, byteFactor: bigint): bigint {
  const bits = head === 0n ? 0n : BigInt(head.toString(2).length - 1)
  const rounds = length <= 32n ? bits : byteFactor * (length - 32n) + bits
  return rounds === 0n ? 1n : rounds
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  if (modulus === 0n) return 0n
  let result = 1n % modulus
  let factor = base % modulus
  // The bits from the lowest on; a string, because shifting a long exponent bit by bit is quadratic.
  const bits = exponent.toString(2)
  for (let i = bits.length - 1; i >= 0; i--) {
    if (bits[i] === '1') result = (result * factor) % modulus
    if (i > 0) factor = (factor * factor) % modulus
  }
  return result
}
