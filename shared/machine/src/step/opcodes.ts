/** Base gas, words popped and words pushed of every opcode of Osaka; what else an opcode costs, its function charges (EELS osaka, gas.py). */
const table: Readonly<Record<number, readonly [gas: number, pops: number, pushes: number]>> = {
  0: [0, 0, 0],
  1: [3, 2, 1],
  2: [5, 2, 1],
  3: [3, 2, 1],
  4: [5, 2, 1],
  5: [5, 2, 1],
  6: [5, 2, 1],
  7: [5, 2, 1],
  8: [8, 3, 1],
  9: [8, 3, 1],
  10: [10, 2, 1],
  11: [5, 2, 1],
  16: [3, 2, 1],
  17: [3, 2, 1],
  18: [3, 2, 1],
  19: [3, 2, 1],
  20: [3, 2, 1],
  21: [3, 1, 1],
  22: [3, 2, 1],
  23: [3, 2, 1],
  24: [3, 2, 1],
  25: [3, 1, 1],
  26: [3, 2, 1],
  27: [3, 2, 1],
  28: [3, 2, 1],
  29: [3, 2, 1],
  30: [5, 1, 1],
  32: [30, 2, 1],
  48: [2, 0, 1],
  49: [0, 1, 1],
  50: [2, 0, 1],
  51: [2, 0, 1],
  52: [2, 0, 1],
  53: [3, 1, 1],
  54: [2, 0, 1],
  55: [3, 3, 0],
  56: [2, 0, 1],
  57: [3, 3, 0],
  58: [2, 0, 1],
  59: [0, 1, 1],
  60: [0, 4, 0],
  61: [2, 0, 1],
  62: [3, 3, 0],
  63: [0, 1, 1],
  64: [20, 1, 1],
  65: [2, 0, 1],
  66: [2, 0, 1],
  67: [2, 0, 1],
  68: [2, 0, 1],
  69: [2, 0, 1],
  70: [2, 0, 1],
  71: [5, 0, 1],
  72: [2, 0, 1],
  73: [3, 1, 1],
  74: [2, 0, 1],
  80: [2, 1, 0],
  81: [3, 1, 1],
  82: [3, 2, 0],
  83: [3, 2, 0],
  84: [0, 1, 1],
  85: [0, 2, 0],
  86: [8, 1, 0],
  87: [10, 2, 0],
  88: [2, 0, 1],
  89: [2, 0, 1],
  90: [2, 0, 1],
  91: [1, 0, 0],
  92: [100, 1, 1],
  93: [100, 2, 0],
  94: [3, 3, 0],
  95: [2, 0, 1],
  240: [32_000, 3, 1],
  241: [0, 7, 1],
  242: [0, 7, 1],
  243: [0, 2, 0],
  244: [0, 6, 1],
  245: [32_000, 4, 1],
  250: [0, 6, 1],
  253: [0, 2, 0],
  255: [5_000, 1, 0],
}

const STACK_LIMIT = 1024

/** Gas charged before anything else. */
export const baseGas = new Float64Array(256)
/** Words that must be on the stack. */
export const minStack = new Uint16Array(256)
/** Words that may be on the stack at most, so that it does not overflow. */
export const maxStack = new Uint16Array(256)

function define(op: number, gas: number, pops: number, pushes: number): undefined {
  baseGas[op] = gas
  minStack[op] = pops
  maxStack[op] = Math.min(STACK_LIMIT, STACK_LIMIT + pops - pushes)
}

for (const [op, [gas, pops, pushes]] of Object.entries(table)) define(Number(op), gas, pops, pushes)
for (let i = 0; i < 32; i++) define(0x60 + i, 3, 0, 1)
for (let i = 1; i <= 16; i++) {
  define(0x7f + i, 3, i, i + 1)
  define(0x8f + i, 3, i + 1, i + 1)
}
for (let i = 0; i <= 4; i++) define(0xa0 + i, 375 * (i + 1), i + 2, 0)
