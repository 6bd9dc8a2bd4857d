import type { Frame } from '../state/frame.ts'
import { type Machine, sourceKind } from '../state/machine.ts'
import { microOp } from '../step/micro-op.ts'
import { minStack } from '../step/opcodes.ts'
import { CHUNK } from '../step/sizes.ts'
import type { Committer } from './committer.ts'
import { lowerMark } from './frame-words.ts'
import { expectWrite, takeWrite } from './memory-tree.ts'

const MSTORE = 0x52
const MSTORE8 = 0x53
const DUP1 = 0x80
const DUP16 = 0x8f
/** No memory reaches up to here. */
const FAR = 2n ** 32n

/** Notes what the micro-op that is due may change in stack and memory. To be called before each one that `m` executes. */
export function beforeStep(c: Committer, m: Machine): void {
  takeWrite(c)
  const { f, x } = m
  if (x.op === microOp.opcode) beforeOpcode(c, f)
  else if (x.op === microOp.copyChunk) beforeCopy(c, m)
}

function beforeOpcode(c: Committer, f: Frame): void {
  const op = f.pc < f.code.length ? f.code[f.pc]! : 0
  const isDup = op >= DUP1 && op <= DUP16
  lowerMark(c, f, f.sp - (isDup ? 0 : minStack[op]!))
  const offset = (op === MSTORE || op === MSTORE8) && f.sp > 1 ? f.stack[f.sp - 1]! : FAR
  if (offset >= FAR) {
    expectWrite(c, f, 0, 0)
    return
  }
  const start = Number(offset)
  expectBytes(c, f, start, op === MSTORE ? 32 : 1)
}

function beforeCopy(c: Committer, { f, x }: Machine): void {
  const end = x.dstOff + x.srcLen
  if (x.sourceKind === sourceKind.memoryDown) {
    const start = Math.max(x.dstOff, CHUNK * Math.floor((end - 1) / CHUNK))
    expectBytes(c, f, start, end - start)
  } else {
    expectBytes(c, f, x.dstOff, Math.min(x.srcLen, CHUNK - (x.dstOff % CHUNK)))
  }
}

function expectBytes(c: Committer, f: Frame, start: number, length: number): void {
  expectWrite(c, f, start >>> 5, length === 0 ? start >>> 5 : Math.floor((start + length - 1) / 32) + 1)
}
