import type { Method } from '../../context.ts'
import { rpcError } from '../../errors.ts'
import { quantities } from '../../format/quantity.ts'
import { count, optional } from '../../params/primitives.ts'

const maxAssertions = 1_000

/** `rollup_getAssertions(limit)`: newest first. */
export const getAssertions: Method = (context, params) => {
  const limit = Math.min(optional(params, 0, count, 100), maxAssertions)
  if (context.node.assertions === undefined) throw rpcError('unavailable', 'rollup_getAssertions')
  return quantities(context.node.assertions(limit))
}
