import type { Method } from '../../context.ts'
import { rpcError } from '../../errors.ts'
import { quantities } from '../../format/quantity.ts'
import { quantity, required } from '../../params/primitives.ts'

/** `rollup_safeHeadAtL1Block(number)`: newest L2 block whose data lies in L1 blocks up to that number. */
export const safeHeadAtL1Block: Method = (context, params) => {
  const number = required(params, 0, quantity)
  if (context.node.safeHeadAtL1Block === undefined) throw rpcError('unavailable', 'rollup_safeHeadAtL1Block')
  const result = context.node.safeHeadAtL1Block(number)
  if (result === undefined) throw rpcError('notFound', 'L1 block')
  return quantities(result)
}
