/** What is known of a code beyond its bytes; filled in when first needed. */
export interface Analysis {
  readonly code: Uint8Array
  /** 1 at every JUMPDEST that is an instruction. */
  jumpdests: Uint8Array | undefined
  /** Words of PUSH instructions by position. */
  pushes: (bigint | undefined)[] | undefined
}

const known = new WeakMap<Uint8Array, Analysis>()

/** The analysis of a code, one per array. */
export function analysisOf(code: Uint8Array): Analysis {
  let analysis = known.get(code)
  if (analysis === undefined) {
    analysis = { code, jumpdests: undefined, pushes: undefined }
    known.set(code, analysis)
  }
  return analysis
}

/** Whether a jump may go to `target`. */
export function isJumpdest(analysis: Analysis, target: number): boolean {
  analysis.jumpdests ??= findJumpdests(analysis.code)
  return analysis.jumpdests[target] === 1
}

function findJumpdests(code: Uint8Array): Uint8Array {
  const found = new Uint8Array(code.length)
  for (let pc = 0; pc < code.length; pc++) {
    const op = code[pc]!
    if (op === 0x5b) found[pc] = 1
    else if (op >= 0x60 && op <= 0x7f) pc += op - 0x5f
  }
  return found
}

/** The word of the PUSH with `size` bytes at `pc`; bytes beyond the code are zero. */
export function pushedWord(analysis: Analysis, pc: number, size: number): bigint {
  analysis.pushes ??= []
  let word = analysis.pushes[pc]
  if (word === undefined) {
    word = readWord(analysis.code, pc + 1, size)
    analysis.pushes[pc] = word
  }
  return word
}

function readWord(code: Uint8Array, start: number, size: number): bigint {
  let hex = '0x0'
  for (let i = start; i < start + size; i++) hex += i < code.length ? hexByte[code[i]!]! : '00'
  return BigInt(hex)
}

const hexByte = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))
