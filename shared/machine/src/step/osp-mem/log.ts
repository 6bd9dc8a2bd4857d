import { charge, expand, memorySlice } from '../../state/memory.ts'
import { pop } from '../../state/stack.ts'
import type { OpcodeHandler } from '../handler.ts'
import { halt } from '../osp-call/halt.ts'

/** LOG0 to LOG4: 375 gas and 375 for each topic (base), 8 for each byte. */
export function logN(topicCount: number): OpcodeHandler {
  return (m, f) => {
    if (f.isStatic) return halt(m)
    const offset = pop(f)
    const length = pop(f)
    const topics = Array.from({ length: topicCount }, () => pop(f))
    if (length >= 2n ** 32n || !charge(f, 8 * Number(length))) return halt(m)
    if (!expand(f, offset, length)) return halt(m)
    m.t.logs.push({ address: f.address, topics, data: memorySlice(f, offset, length).slice() })
  }
}
