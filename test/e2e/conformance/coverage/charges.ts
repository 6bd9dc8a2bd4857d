/** Columns that a charge may be in, beside the base gas. */
export type Charge = 'base' | 'memory' | 'dynamic' | 'access' | 'value' | 'new account' | 'write'

/** What an opcode is about to work on. */
export interface Operands {
  readonly opcode: number
  /** The word `depth` below the top. */
  word(depth: number): bigint
  /** Memory, words. */
  readonly memWords: number
}

const FAR = 2n ** 32n

/** Offset and length of each range of memory that an opcode grows, by their depth on the stack; MCOPY apart. */
export function rangesOf({ opcode, word }: Operands): readonly (readonly [bigint, bigint])[] {
  switch (opcode) {
    case 0x51:
    case 0x52:
      return [[word(0), 32n]]
    case 0x53:
      return [[word(0), 1n]]
    case 0x20:
    case 0xf3:
    case 0xfd:
      return [[word(0), word(1)]]
    case 0x37:
    case 0x39:
    case 0x3e:
      return [[word(0), word(2)]]
    case 0x3c:
      return [[word(1), word(3)]]
    case 0x5e:
      return [[word(0) > word(1) ? word(0) : word(1), word(2)]]
    case 0xf0:
    case 0xf5:
      return [[word(1), word(2)]]
    case 0xf1:
    case 0xf2:
      return [
        [word(3), word(4)],
        [word(5), word(6)],
      ]
    case 0xf4:
    case 0xfa:
      return [
        [word(2), word(3)],
        [word(4), word(5)],
      ]
    default:
      return opcode >= 0xa0 && opcode <= 0xa4 ? [[word(0), word(1)]] : []
  }
}

/** Whether a range lies beyond all memory that gas could pay for. */
export function isFar(operands: Operands): boolean {
  return rangesOf(operands).some(([offset, length]) => length > 0n && (offset >= FAR || length >= FAR))
}

/** The charges that an opcode makes, in their order, as far as gas suffices. */
export function chargesOf(operands: Operands): readonly Charge[] {
  const memory = growths(operands)
  switch (operands.opcode) {
    case 0x0a:
      return ['base', 'dynamic']
    case 0x20:
    case 0x37:
    case 0x39:
    case 0x3e:
    case 0x5e:
    case 0xa0:
    case 0xa1:
    case 0xa2:
    case 0xa3:
    case 0xa4:
      return ['base', 'dynamic', ...memory]
    case 0x3c:
      return ['base', 'access', 'dynamic', ...memory]
    case 0x31:
    case 0x3b:
    case 0x3f:
    case 0x54:
      return ['base', 'access']
    case 0x55:
      return ['base', 'write']
    case 0xf0:
    case 0xf5:
      return ['base', ...memory, 'dynamic']
    case 0xf1:
    case 0xf2:
      return ['base', ...memory, 'access', ...(operands.word(2) === 0n ? [] : (['value', 'new account'] as const))]
    case 0xf4:
    case 0xfa:
      return ['base', ...memory, 'access']
    default:
      return ['base', ...memory]
  }
}

/** One charge for each range that lies beyond what memory has by then. */
function growths(operands: Operands): Charge[] {
  let has = BigInt(operands.memWords)
  const grown: Charge[] = []
  for (const [offset, length] of rangesOf(operands)) {
    const words = (offset + length + 31n) / 32n
    if (length === 0n || words <= has) continue
    has = words
    grown.push('memory')
  }
  return grown
}
