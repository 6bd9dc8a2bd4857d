import type { Method } from '../../context.ts'

/** `rpc_modules()`: namespaces and their versions, as geth answers. */
export const modules: Method = () => ({
  debug: '1.0',
  eth: '1.0',
  net: '1.0',
  rollup: '1.0',
  rpc: '1.0',
  txpool: '1.0',
  web3: '1.0',
})
