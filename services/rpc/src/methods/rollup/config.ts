import type { Method } from '../../context.ts'
import { quantities } from '../../format/quantity.ts'
import { viemChain } from '../../format/viem-chain.ts'

/** `rollup_config()`: chain ids, contracts, genesis without its allocation, periods in seconds, a chain object for viem. */
export const config: Method = (context) => {
  const { genesis, ...rest } = context.config
  const { alloc: _alloc, ...header } = genesis
  return { ...(quantities({ ...rest, genesis: header }) as object), viemChain: viemChain(context.config) }
}
