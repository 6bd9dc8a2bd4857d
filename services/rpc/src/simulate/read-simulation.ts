import type { RpcContext } from '../context.ts'
import { invalidParam } from '../errors.ts'
import { blockId, latest } from '../params/block-id.ts'
import { call } from '../params/call.ts'
import { blockOverrides, stateOverrides } from '../params/overrides.ts'
import { optional, required } from '../params/primitives.ts'
import { resolveHeader } from '../state/resolve-block.ts'
import type { Simulation } from './prepare.ts'

/** Reads `(call, block, stateOverrides, blockOverrides)`, the parameters that all simulations share. */
export function readSimulation(context: RpcContext, params: readonly unknown[]): Simulation {
  const fields = required(params, 0, call)
  const header = resolveHeader(context, optional(params, 1, blockId, latest))
  if (fields.chainId !== undefined && fields.chainId !== context.l2.chainId) {
    throw invalidParam(0, `chainId does not match node's (have=${fields.chainId}, want=${context.l2.chainId})`)
  }
  return {
    header,
    fields,
    stateOverrides: optional(params, 2, stateOverrides, undefined),
    blockOverrides: optional(params, 3, blockOverrides, undefined),
  }
}
