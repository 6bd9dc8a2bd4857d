import type { NodeSettings } from './types.ts'

/** Settings that suit Ethereum as L1; a devnet polls faster. */
export const defaultNodeSettings: NodeSettings = {
  l1PollMs: 4_000,
  sequencerPollMs: 1_000,
  l1Range: 2_000n,
  laneRange: 64,
  sequencerTimeoutMs: 30_000,
}
