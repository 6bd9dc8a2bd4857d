import type { Precompile } from './types.ts'

/** The compression function of BLAKE2b (EIP-152): 1 gas a round. */
export const blake2f: Precompile = {
  price: (input) => (input.length === 213 ? view(input).getUint32(0) : 0),
  run(input) {
    if (input.length !== 213 || input[212]! > 1) return undefined
    const data = view(input)
    const read = (count: number, offset: number): Uint32Array =>
      Uint32Array.from({ length: count }, (_, i) => data.getUint32(offset + 4 * i, true))
    const h = read(16, 4)
    compress(h, read(32, 68), read(4, 196), input[212] === 1, data.getUint32(0))
    const output = new Uint8Array(64)
    for (const [i, word] of h.entries()) view(output).setUint32(4 * i, word, true)
    return output
  },
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** The initial vector, low half of each word first. */
const iv = Uint32Array.of(
  0xf3bcc908,
  0x6a09e667,
  0x84caa73b,
  0xbb67ae85,
  0xfe94f82b,
  0x3c6ef372,
  0x5f1d36f1,
  0xa54ff53a,
  0xade682d1,
  0x510e527f,
  0x2b3e6c1f,
  0x9b05688c,
  0xfb41bd6b,
  0x1f83d9ab,
  0x137e2179,
  0x5be0cd19,
)

/** Message schedule, one hex digit for each index (RFC 7693, 2.7). */
const schedule = [
  '0123456789abcdef',
  'ea489fd61c02b753',
  'b8c052fdae367194',
  '7931dcbe265a40f8',
  '905724afe1bc683d',
  '2c6a0b834d75fe19',
  'c51fed4a0763928b',
  'db7ec13950f4862a',
  '6fe9b308c2d714a5',
  'a2847615fb9e3cd0',
].map((row) => Uint8Array.from(row, (digit) => 2 * Number.parseInt(digit, 16)))

function compress(h: Uint32Array, m: Uint32Array, t: Uint32Array, final: boolean, rounds: number): undefined {
  const v = new Uint32Array(32)
  v.set(h)
  v.set(iv, 16)
  for (let i = 0; i < 4; i++) v[24 + i]! ^= t[i]!
  if (final) {
    v[28] = ~v[28]!
    v[29] = ~v[29]!
  }
  for (let round = 0; round < rounds; round++) {
    const s = schedule[round % 10]!
    mix(v, m, 0, 8, 16, 24, s[0]!, s[1]!)
    mix(v, m, 2, 10, 18, 26, s[2]!, s[3]!)
    mix(v, m, 4, 12, 20, 28, s[4]!, s[5]!)
    mix(v, m, 6, 14, 22, 30, s[6]!, s[7]!)
    mix(v, m, 0, 10, 20, 30, s[8]!, s[9]!)
    mix(v, m, 2, 12, 22, 24, s[10]!, s[11]!)
    mix(v, m, 4, 14, 16, 26, s[12]!, s[13]!)
    mix(v, m, 6, 8, 18, 28, s[14]!, s[15]!)
  }
  for (let i = 0; i < 16; i++) h[i]! ^= v[i]! ^ v[i + 16]!
}

/** G of RFC 7693; every index is that of a word's low half. */
function mix(
  v: Uint32Array,
  m: Uint32Array,
  a: number,
  b: number,
  c: number,
  d: number,
  x: number,
  y: number,
): undefined {
  addWord(v, a, v[b]!, v[b + 1]!)
  addWord(v, a, m[x]!, m[x + 1]!)
  xorRotated(v, d, a, 32)
  addWord(v, c, v[d]!, v[d + 1]!)
  xorRotated(v, b, c, 24)
  addWord(v, a, v[b]!, v[b + 1]!)
  addWord(v, a, m[y]!, m[y + 1]!)
  xorRotated(v, d, a, 16)
  addWord(v, c, v[d]!, v[d + 1]!)
  xorRotated(v, b, c, 63)
}

function addWord(v: Uint32Array, at: number, low: number, high: number): undefined {
  const sum = v[at]! + low
  v[at] = sum
  v[at + 1] = v[at + 1]! + high + (sum > 0xffffffff ? 1 : 0)
}

/** v[at] = (v[at] ^ v[by]) >>> bits, of 64 bits. */
function xorRotated(v: Uint32Array, at: number, by: number, bits: number): undefined {
  const low = v[at]! ^ v[by]!
  const high = v[at + 1]! ^ v[by + 1]!
  if (bits === 32) {
    v[at] = high
    v[at + 1] = low
  } else if (bits === 63) {
    v[at] = (high >>> 31) | (low << 1)
    v[at + 1] = (low >>> 31) | (high << 1)
  } else {
    v[at] = (low >>> bits) | (high << (32 - bits))
    v[at + 1] = (high >>> bits) | (low << (32 - bits))
  }
}
