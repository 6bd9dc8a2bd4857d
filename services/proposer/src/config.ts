import { nodeSections } from '@crema/node'
import { healthSection, logSection, signerSection } from '@crema/service-kit'
import { z } from 'zod'

/** Configuration of the proposer; sources and names: service-kit. */
export const proposerConfig = z.object({
  log: logSection,
  health: healthSection,
  ...nodeSections,
  signer: signerSection,
  proposer: z
    .object({
      head: z
        .enum(['finalized', 'safe'])
        .default('finalized')
        .describe('Head up to which states are asserted; `safe` risks the stake on an L1 reorganisation.'),
      intervalSeconds: z.number().int().min(0).default(3_600).describe('Least seconds between two assertions.'),
      pollMs: z.number().int().min(50).default(4_000).describe('Milliseconds between looks at the assertions.'),
      giveUpMs: z
        .number()
        .int()
        .min(1_000)
        .default(600_000)
        .describe('Milliseconds after which a transaction that L1 did not take is given up and decided anew.'),
    })
    .prefault({}),
  tx: z
    .object({
      confirmations: z
        .number()
        .int()
        .min(1)
        .default(10)
        .describe('L1 blocks after which a transaction counts as final.'),
      resubmitMs: z
        .number()
        .int()
        .min(100)
        .default(48_000)
        .describe('Milliseconds without inclusion before fees are raised.'),
      pollMs: z.number().int().min(50).default(4_000).describe('Milliseconds between looks at pending transactions.'),
      maxFeeCapGwei: z.number().positive().default(1_000).describe('No fee cap above this, gwei per gas.'),
    })
    .prefault({}),
})

export type ProposerConfig = z.output<typeof proposerConfig>
