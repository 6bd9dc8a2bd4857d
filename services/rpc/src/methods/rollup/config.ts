import type { Method } from '../../context.ts'
import { quantities } from '../../format/quantity.ts'

/** `rollup_config()`: chain ids, contracts, genesis without its allocation, and periods in seconds. */
export const config: Method = (context) => {
  const { genesis, ...rest } = context.config
  const { alloc: _alloc, ...header } = genesis
  return quantities({ ...rest, genesis: header })
}
