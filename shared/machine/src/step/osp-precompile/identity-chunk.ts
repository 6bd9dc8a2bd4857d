import { readBytes } from '../../state/bytes.ts'
import type { Machine } from '../../state/machine.ts'
import { noteBytes } from '../../state/witness.ts'
import { CHUNK } from '../sizes.ts'
import { finishPrecompile } from './finish.ts'

/** Copies the next bytes of X's source to what identity returns; after the last, ends the call. X.gas is what is left. */
export function identityChunk(m: Machine): undefined {
  const { x } = m
  const size = Math.min(CHUNK, x.source.length - x.dstOff)
  readBytes(m, x.source, x.dstOff, size)
  // The old words of what is copied to are zero.
  if (m.witness !== undefined) noteBytes(m.witness, x.source.slice(0, x.dstOff).buffer, x.dstOff, size)
  x.dstOff += size
  if (x.dstOff === x.source.length) finishPrecompile(m, x.source.slice(), x.gas)
}
