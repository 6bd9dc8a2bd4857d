import type { Machine } from '../../state/machine.ts'
import { finishPrecompile } from './finish.ts'

/** Bytes of its input that identity copies in one micro-op. */
export const IDENTITY_CHUNK = 2_048

/** Copies the next bytes of X's source to what identity returns; after the last, ends the call. X.gas is what is left. */
export function identityChunk(m: Machine): undefined {
  const { x } = m
  x.dstOff += Math.min(IDENTITY_CHUNK, x.source.length - x.dstOff)
  if (x.dstOff === x.source.length) finishPrecompile(m, x.source.slice(), x.gas)
}
