import { nodeSections } from '@crema/node'
import { healthSection, logSection, maxL1AgeSeconds, signerSection } from '@crema/service-kit'
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
      maxL1AgeSeconds,
      giveUpMs: z
        .number()
        .int()
        .min(1_000)
        .default(600_000)
        .describe('Milliseconds after which a transaction that L1 did not take is given up and decided anew.'),
      minBalanceEther: z
        .number()
        .min(0)
        .default(1)
        .describe(
          'Ether that must be there beside the stake before anything is proposed, and at least what a whole duel may cost at twice the base fee: an assertion that is rivalled is defended from it. Below it the service is not ready.',
        ),
    })
    .prefault({}),
  defence: z
    .object({
      mode: z
        .enum(['watch', 'defend', 'resolve'])
        .default('resolve')
        .describe(
          'When an own assertion is rivalled: `watch` only alerts; `defend` commits its trace and plays its duels; `resolve` also settles and cleans up.',
        ),
      maxStakeEther: z.number().min(0).default(10).describe('Ether of one new stake for a commitment at most.'),
      maxAtRiskEther: z
        .number()
        .min(0)
        .default(40)
        .describe(
          'Ether in undecided stakes that were posted for commitments, at most. Bonds behind own assertions are not counted; mostly one of them backs the commitment.',
        ),
      spreadMs: z
        .number()
        .int()
        .min(0)
        .default(30_000)
        .describe('Calls that anyone may make and that cannot come too late wait up to so many milliseconds.'),
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
      maxCostEther: z
        .number()
        .positive()
        .default(5)
        .describe('No transaction whose gas may cost more than this, ether; the dearest proof has 12 M gas.'),
    })
    .prefault({}),
})

export type ProposerConfig = z.output<typeof proposerConfig>

/** Ether of the configuration in wei, exact to a gwei. */
export const etherToWei = (amount: number): bigint => BigInt(Math.round(amount * 1e9)) * 10n ** 9n
