/** Rotation of lane x + 5y (FIPS 202, 3.2.2). */
const rotations = [0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14]
/** Where pi puts lane x + 5y: y + 5 ((2x + 3y) mod 5). */
const places = Array.from({ length: 25 }, (_, i) => {
  const x = i % 5
  const y = (i - x) / 5
  return y + 5 * ((2 * x + 3 * y) % 5)
})
const constants = roundConstants()

const moved = new Int32Array(50)
const columns = new Int32Array(10)

/** Keccak-f[1600] in place, on lanes as low and high halves (FIPS 202, 3.3). */
export function keccakF(s: Int32Array): void {
  for (let round = 0; round < 24; round++) {
    theta(s)
    for (let i = 0; i < 25; i++) rotate(s[2 * i]!, s[2 * i + 1]!, rotations[i]!, 2 * places[i]!)
    for (let row = 0; row < 50; row += 10) {
      for (let x = 0; x < 10; x++) {
        s[row + x] = moved[row + x]! ^ (~moved[row + ((x + 2) % 10)]! & moved[row + ((x + 4) % 10)]!)
      }
    }
    s[0]! ^= constants[2 * round]!
    s[1]! ^= constants[2 * round + 1]!
  }
}

function theta(s: Int32Array): void {
  for (let x = 0; x < 10; x++) columns[x] = s[x]! ^ s[x + 10]! ^ s[x + 20]! ^ s[x + 30]! ^ s[x + 40]!
  for (let x = 0; x < 5; x++) {
    const before = 2 * ((x + 4) % 5)
    const after = 2 * ((x + 1) % 5)
    const low = columns[after]!
    const high = columns[after + 1]!
    const d = columns[before]! ^ ((low << 1) | (high >>> 31))
    const e = columns[before + 1]! ^ ((high << 1) | (low >>> 31))
    for (let i = 2 * x; i < 50; i += 10) {
      s[i]! ^= d
      s[i + 1]! ^= e
    }
  }
}

/** Puts a lane, rotated to the left, into `moved`. */
function rotate(low: number, high: number, by: number, at: number): void {
  if (by >= 32) [low, high] = [high, low]
  const bits = by % 32
  moved[at] = bits === 0 ? low : (low << bits) | (high >>> (32 - bits))
  moved[at + 1] = bits === 0 ? high : (high << bits) | (low >>> (32 - bits))
}

/** From the shift register of FIPS 202, 3.2.5: bit 2^j - 1 of constant i is rc(j + 7i). */
function roundConstants(): Int32Array {
  const result = new Int32Array(48)
  let register = 1
  for (let round = 0; round < 24; round++) {
    for (let j = 0; j < 7; j++) {
      if (register & 1) {
        const bit = 2 ** j - 1
        result[2 * round + (bit >> 5)]! ^= 1 << (bit & 31)
      }
      register = register & 0x80 ? ((register << 1) ^ 0x71) & 255 : register << 1
    }
  }
  return result
}
