import { z } from 'zod'
import { defaultNodeSettings } from '../settings.ts'

/** Configuration sections that every service with a node shares. */
export const nodeSections = {
  rollup: z.string().describe('Path of the rollup configuration (rollup.json).'),
  dataDir: z.string().describe("Folder of this service's own database."),
  l1: z.object({
    rpcUrl: z.url().describe('JSON-RPC endpoint of L1.'),
    pollMs: z
      .number()
      .int()
      .min(50)
      .default(defaultNodeSettings.l1PollMs)
      .describe('Milliseconds between looks at L1.'),
    range: z
      .number()
      .int()
      .min(1)
      .default(Number(defaultNodeSettings.l1Range))
      .describe('L1 blocks read at once while catching up.'),
  }),
  sequencer: z
    .object({
      url: z.url().optional().describe('Base URL of the sequencer; absent follows L1 alone.'),
      pollMs: z
        .number()
        .int()
        .min(50)
        .default(defaultNodeSettings.sequencerPollMs)
        .describe('Milliseconds between looks at the sequencer when it announces nothing.'),
      timeoutMs: z
        .number()
        .int()
        .min(1_000)
        .default(defaultNodeSettings.sequencerTimeoutMs)
        .describe('Milliseconds of silence after which the sequencer counts as absent.'),
    })
    .prefault({}),
}

/** What {@link nodeSections} gives. */
export interface NodeConfig {
  readonly rollup: string
  readonly dataDir: string
  readonly l1: { readonly rpcUrl: string; readonly pollMs: number; readonly range: number }
  readonly sequencer: { readonly url?: string | undefined; readonly pollMs: number; readonly timeoutMs: number }
}
