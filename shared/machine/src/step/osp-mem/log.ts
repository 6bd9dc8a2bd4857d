import { readBytes } from '../../state/bytes.ts'
import type { Frame } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { charge, expand, memorySlice, readMemory } from '../../state/memory.ts'
import { pop } from '../../state/stack.ts'
import type { OpcodeHandler } from '../handler.ts'
import { microOp } from '../micro-op.ts'
import { halt } from '../osp-call/halt.ts'
import { LOG_PIECE } from '../sizes.ts'

/** LOG0 to LOG4: 375 gas and 375 for each topic (base), 8 for each byte. Data of one piece is taken at once, more by {@link logChunk}. */
export function logN(topicCount: number): OpcodeHandler {
  return (m, f) => {
    if (f.isStatic) return halt(m)
    const offset = pop(f)
    const length = pop(f)
    const topics = Array.from({ length: topicCount }, () => pop(f))
    if (length >= 2n ** 32n || !charge(f, 8 * Number(length))) return halt(m)
    if (!expand(f, offset, length)) return halt(m)
    if (length <= LOG_PIECE) return appendLog(m, f, topics, readMemory(m, f, offset, length))
    const data = memorySlice(f, offset, length)
    const { x } = m
    x.op = microOp.logChunk
    x.source = data
    x.srcLen = data.length
    x.topics = topics
  }
}

/** Hashes the last piece that is not yet hashed; after the first of the data, appends the log. */
export function logChunk(m: Machine): undefined {
  const { f, x } = m
  const size = x.srcLen % LOG_PIECE === 0 ? LOG_PIECE : x.srcLen % LOG_PIECE
  x.srcLen -= size
  readBytes(m, x.source, x.srcLen, size)
  if (x.srcLen > 0) return
  x.op = microOp.opcode
  appendLog(m, f, x.topics, x.source)
}

function appendLog(m: Machine, f: Frame, topics: readonly bigint[], data: Uint8Array): undefined {
  m.witness?.committed.logLeaf(m.t.logs.length)
  m.t.logs.push({ address: f.address, topics, data: data.slice() })
}
