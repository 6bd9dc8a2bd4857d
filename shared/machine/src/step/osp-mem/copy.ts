import type { Frame } from '../../state/frame.ts'
import { type Machine, type SourceKind, sourceKind } from '../../state/machine.ts'
import { charge, expand, expandTo } from '../../state/memory.ts'
import { pop } from '../../state/stack.ts'
import { toAddress } from '../../state/words.ts'
import { halt } from '../osp-call/halt.ts'
import { loadExternalCode } from '../osp-state/extcode.ts'
import { startCopy } from './copy-chunk.ts'

/** Offsets at or above it lie beyond every source. */
const FAR = 2n ** 32n

const nothing = new Uint8Array(0)

export function calldatacopy(m: Machine, f: Frame): undefined {
  const dst = pop(f)
  const src = pop(f)
  copy(m, f, dst, sourceKind.slice, f.input, src, pop(f))
}

export function codecopy(m: Machine, f: Frame): undefined {
  const dst = pop(f)
  const src = pop(f)
  copy(m, f, dst, sourceKind.code, f.code, src, pop(f))
}

export function extcodecopy(m: Machine, f: Frame): undefined {
  const target = toAddress(pop(f))
  const dst = pop(f)
  const src = pop(f)
  const length = pop(f)
  const code = loadExternalCode(m, f, target)
  if (code === undefined) return halt(m)
  copy(m, f, dst, sourceKind.code, code, src, length)
}

/** Halts where the copy would leave the returned data (EIP-211). */
export function returndatacopy(m: Machine, f: Frame): undefined {
  const dst = pop(f)
  const src = pop(f)
  const length = pop(f)
  if (src + length > BigInt(f.returnData.length)) return halt(m)
  copy(m, f, dst, sourceKind.slice, f.returnData, src, length)
}

/** EIP-5656. The chunks go upwards or downwards, so that none reads what another wrote. */
export function mcopy(m: Machine, f: Frame): undefined {
  const dst = pop(f)
  const src = pop(f)
  const length = pop(f)
  if (length >= FAR || !charge(f, 3 * Math.ceil(Number(length) / 32))) return halt(m)
  if (length === 0n) return
  if (dst >= FAR || src >= FAR) return halt(m)
  const end = Math.max(Number(dst), Number(src)) + Number(length)
  if (!expandTo(f, end)) return halt(m)
  const kind = dst <= src ? sourceKind.memoryUp : sourceKind.memoryDown
  startCopy(m, kind, nothing, Number(src), Number(length), Number(dst))
}

/** 3 gas a word, then memory, then the chunks. */
function copy(
  m: Machine,
  f: Frame,
  dst: bigint,
  kind: SourceKind,
  source: Uint8Array,
  src: bigint,
  length: bigint,
): undefined {
  if (length >= FAR || !charge(f, 3 * Math.ceil(Number(length) / 32))) return halt(m)
  if (!expand(f, dst, length)) return halt(m)
  if (length === 0n) return
  startCopy(m, kind, source, src >= FAR ? source.length : Number(src), Number(length), Number(dst))
}
