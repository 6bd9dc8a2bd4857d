import type { Method } from '../../context.ts'

/** `net_version()`: the chain id in decimal. */
export const version: Method = (context) => context.l2.chainId.toString()

/** `net_listening()` */
export const listening: Method = () => true

/** `net_peerCount()`: blocks come from the sequencer and from L1, not from peers. */
export const peerCount: Method = () => '0x0'
