import type { Method } from '../../context.ts'

/** `eth_accounts()`: the node holds no keys. */
export const accounts: Method = () => []
