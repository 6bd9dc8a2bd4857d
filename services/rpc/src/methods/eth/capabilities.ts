import type { Method } from '../../context.ts'
import { toQuantity } from '../../format/quantity.ts'

/** `eth_capabilities()`: which history the node holds. All of it, from genesis on. */
export const capabilities: Method = (context) => {
  const { latest } = context.chain.heads()
  const all = { disabled: false, oldestBlock: toQuantity(context.genesisNumber) }
  return {
    head: { number: toQuantity(latest.number), hash: latest.hash },
    state: all,
    tx: all,
    logs: all,
    receipts: all,
    blocks: all,
    stateproofs: all,
  }
}
