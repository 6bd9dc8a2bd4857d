/** Kinds of changes in the order of `StepMutants.Kind`. */
export const changeKinds = [
  'XorByte',
  'Truncate',
  'Extend',
  'SwapWords',
  'CopyWord',
  'ZeroWord',
  'AddToWord',
  'DropBytes',
] as const

/** One change of a proof; positions in bytes. */
export interface Change {
  readonly kind: number
  readonly value: number
  readonly a: number
  readonly b: number
}

/** Form, mask and what changes at every opcode, then roots and sections. */
const OPENING = 2 + 32 * 10
const WORD = 32

/** `count` random changes of a proof of `size` bytes: half of them in the opening of the state, half anywhere. None leaves the proof as it is, but for bytes that happen to be equal. */
export function randomChanges(size: number, count: number, random: (below: number) => number): Change[] {
  return Array.from({ length: count }, () => randomChange(size, random))
}

function randomChange(size: number, random: (below: number) => number): Change {
  const kind = random(changeKinds.length + 4) % changeKinds.length
  const reach = random(2) === 0 ? Math.min(OPENING, size) : size
  const value = 1 + random(255)
  const byte = random(reach)
  const word = (): number => Math.min(random(Math.ceil(reach / WORD)) * WORD + 2, Math.max(0, size - WORD))
  switch (changeKinds[kind]!) {
    case 'XorByte':
      return { kind, value: random(2) === 0 ? 1 << random(8) : value, a: byte, b: 0 }
    case 'Truncate':
      return { kind, value: 0, a: random(4) === 0 ? 1 + random(size) : WORD * (1 + random(4)), b: 0 }
    case 'Extend':
      return { kind, value, a: random(3) === 0 ? random(2048) : 31, b: 0 }
    case 'DropBytes': {
      const b = Math.min(random(2) === 0 ? WORD : 1 + random(64), size)
      return { kind, value: 0, a: Math.min(byte, size - b), b }
    }
    default:
      return { kind, value, a: word(), b: word() }
  }
}

/** Ten bytes for each change. */
export function encodeChanges(changes: readonly Change[]): Uint8Array {
  const bytes = new Uint8Array(10 * changes.length)
  const view = new DataView(bytes.buffer)
  for (const [i, { kind, value, a, b }] of changes.entries()) {
    view.setUint8(10 * i, kind)
    view.setUint8(10 * i + 1, value)
    view.setUint32(10 * i + 2, a)
    view.setUint32(10 * i + 6, b)
  }
  return bytes
}
