import { type MicroOp, microOp } from '../step/micro-op.ts'

/** Bits of the sections in a proof's mask. */
export const section = { r: 1, b: 2, t: 4, f: 8, x: 16 } as const

const { r, b, t, f, x } = section
const all = r | b | t | f | x

const ORIGIN = 0x32
const GASPRICE = 0x3a
const BLOCKHASH = 0x40
const BLOBBASEFEE = 0x4a
const SSTORE = 0x55
const LOG0 = 0xa0
const LOG4 = 0xa4
const SELFDESTRUCT = 0xff

/** Micro-ops that read or change the frame and their own operands alone. */
const ofFrame: ReadonlySet<number> = new Set([
  microOp.copyChunk,
  microOp.kecAbsorb,
  microOp.kecEnd,
  microOp.callDelegation,
  microOp.callDebit,
  microOp.callCredit,
  microOp.selfdestructDebit,
  microOp.createNonce,
  microOp.createDebit,
  microOp.createAccount,
])

/** Micro-ops that note or undo what the transaction came to. */
const ofTransaction: ReadonlySet<number> = new Set([
  microOp.logChunk,
  microOp.callEnter,
  microOp.selfdestructCredit,
  microOp.createCollision,
  microOp.createEnter,
  microOp.codeDeposit,
  microOp.precompile,
  microOp.identityChunk,
])

/** Sections that a micro-op other than an opcode may read or change. */
export function sectionsOfMicroOp(op: MicroOp): number {
  if (ofFrame.has(op)) return f | x
  return ofTransaction.has(op) ? t | f | x : all
}

/** Sections that an opcode may read or change while its frame goes on. X is idle. */
export function sectionsOfOpcode(op: number): number {
  if (op === ORIGIN || op === GASPRICE || op === SSTORE || op === SELFDESTRUCT) return t | f
  if (op >= LOG0 && op <= LOG4) return t | f
  return op >= BLOCKHASH && op <= BLOBBASEFEE ? b | f : f
}

/** Sections that the end or begin of a frame changes beside. */
export const frameChange: number = t | f | x
