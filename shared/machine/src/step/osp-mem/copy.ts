import type { Frame } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { charge, expand, expandTo, memoryView, storeRange } from '../../state/memory.ts'
import { pop } from '../../state/stack.ts'
import { toAddress } from '../../state/words.ts'
import { microOp } from '../micro-op.ts'
import { halt } from '../osp-call/halt.ts'
import { loadExternalCode } from '../osp-state/extcode.ts'

/** Bytes that one copyChunk writes at most: an aligned block of memory. */
export const CHUNK = 2048

/** Offsets at or above it lie beyond every source. */
const FAR = 2n ** 32n

export function calldatacopy(m: Machine, f: Frame): void {
  const dst = pop(f)
  const src = pop(f)
  copy(m, f, dst, f.input, src, pop(f))
}

export function codecopy(m: Machine, f: Frame): void {
  const dst = pop(f)
  const src = pop(f)
  copy(m, f, dst, f.code, src, pop(f))
}

export function extcodecopy(m: Machine, f: Frame): void {
  const target = toAddress(pop(f))
  const dst = pop(f)
  const src = pop(f)
  const length = pop(f)
  const code = loadExternalCode(m, f, target)
  if (code === undefined) return halt(m)
  copy(m, f, dst, code, src, length)
}

/** Halts where the copy would leave the returned data (EIP-211). */
export function returndatacopy(m: Machine, f: Frame): void {
  const dst = pop(f)
  const src = pop(f)
  const length = pop(f)
  if (src + length > BigInt(f.returnData.length)) return halt(m)
  copy(m, f, dst, f.returnData, src, length)
}

/** EIP-5656: the chunks read memory as it was before the first. */
export function mcopy(m: Machine, f: Frame): void {
  const dst = pop(f)
  const src = pop(f)
  const length = pop(f)
  if (length >= FAR || !charge(f, 3 * Math.ceil(Number(length) / 32))) return halt(m)
  if (length === 0n) return
  if (dst >= FAR || src >= FAR) return halt(m)
  const end = Math.max(Number(dst), Number(src)) + Number(length)
  if (!expandTo(f, end)) return halt(m)
  startCopy(m, memoryView(f, Number(src), Number(length)).slice(), 0, Number(length), Number(dst))
}

/** 3 gas a word, then memory, then the chunks. */
function copy(m: Machine, f: Frame, dst: bigint, source: Uint8Array, src: bigint, length: bigint): void {
  if (length >= FAR || !charge(f, 3 * Math.ceil(Number(length) / 32))) return halt(m)
  if (!expand(f, dst, length)) return halt(m)
  if (length === 0n) return
  startCopy(m, source, src >= FAR ? source.length : Number(src), Number(length), Number(dst))
}

/** Puts a copy of `length` > 0 bytes into X; what lies beyond the source is zero. */
export function startCopy(m: Machine, source: Uint8Array, srcOff: number, length: number, dstOff: number): void {
  const { x } = m
  x.op = microOp.copyChunk
  x.source = source
  x.srcOff = srcOff
  x.srcLen = length
  x.dstOff = dstOff
}

/** Copies up to the end of the block of memory that the destination is in; idle when nothing is left. */
export function copyChunk({ f, x }: Machine): void {
  const size = Math.min(x.srcLen, CHUNK - (x.dstOff % CHUNK))
  storeRange(f, x.dstOff, x.source, x.srcOff, size)
  x.srcOff += size
  x.dstOff += size
  x.srcLen -= size
  if (x.srcLen === 0) x.op = microOp.opcode
}
