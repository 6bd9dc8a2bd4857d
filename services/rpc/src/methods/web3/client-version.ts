import type { Method } from '../../context.ts'

/** `web3_clientVersion()` */
export const clientVersion: Method = (context) => context.clientVersion
