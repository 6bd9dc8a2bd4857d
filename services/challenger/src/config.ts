import type { ReserveRules } from '@crema/dispute'
import { nodeSections } from '@crema/node'
import { healthSection, logSection, maxL1AgeSeconds, signerSection } from '@crema/service-kit'
import { z } from 'zod'

const ether = (least: number) => z.number().min(least)

/** Configuration of the challenger; sources and names: service-kit. */
export const challengerConfig = z
  .object({
    log: logSection,
    health: healthSection,
    ...nodeSections,
    signer: signerSection.optional(),
    challenger: z
      .object({
        mode: z
          .enum(['watch', 'defend', 'resolve', 'full'])
          .default('watch')
          .describe(
            '`watch` judges and tells, without a key; `defend` commits the traces of right assertions and plays their duels; `resolve` also settles and cleans up; `full` also puts a rival beside a wrong assertion.',
          ),
        head: z
          .enum(['finalized', 'safe'])
          .default('finalized')
          .describe('Head up to which own states count as known; assertions beyond it are not judged yet.'),
        pollMs: z.number().int().min(50).default(4_000).describe('Milliseconds between looks at the assertions.'),
        witnessUrls: z
          .array(z.url())
          .default([])
          .describe(
            'Further L1 endpoints, best of other providers. Nothing is staked unless each of them has the L1 block that the disputed input ends in.',
          ),
        maxL1AgeSeconds,
        maxStakeEther: ether(0).default(10).describe('Ether of one stake at most.'),
        maxAtRiskEther: ether(0).default(20).describe('Ether in undecided stakes at most, all together.'),
        minBalanceEther: ether(0)
          .default(1)
          .describe(
            'Ether that no stake may use: it pays for moves. At least what a whole duel may cost at twice the base fee is kept, for each opponent. Below it the service is not ready.',
          ),
        minClockSeconds: z
          .number()
          .int()
          .min(0)
          .optional()
          .describe(
            'Seconds that must be left on the clock of a commitment with a new stake; with less no stake is posted. Absent: a 64th of the challenge period.',
          ),
        minCollectEther: ether(0).default(0).describe('Credits below so many ether are not worth their gas.'),
        spreadMs: z
          .number()
          .int()
          .min(0)
          .default(30_000)
          .describe('Calls that anyone may make and that cannot come too late wait up to so many milliseconds.'),
        giveUpMs: z
          .number()
          .int()
          .min(1_000)
          .default(600_000)
          .describe('Milliseconds after which a transaction that L1 did not take is given up and decided anew.'),
        maxInFlight: z.number().int().min(1).default(16).describe('Transactions under way at a time.'),
      })
      .prefault({}),
    tx: z
      .object({
        confirmations: z
          .number()
          .int()
          .min(1)
          .default(3)
          .describe('L1 blocks after which a transaction counts as final.'),
        resubmitMs: z
          .number()
          .int()
          .min(100)
          .default(24_000)
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
  .superRefine(({ challenger, signer }, context) => {
    if (challenger.mode === 'watch' || signer !== undefined) return
    const message = `mode ${challenger.mode} sends transactions and needs a key: set signer.* or mode watch`
    context.addIssue({ code: 'custom', path: ['signer'], message })
  })

export type ChallengerConfig = z.output<typeof challengerConfig>

/** Ether of the configuration in wei, exact to a gwei. */
export const etherToWei = (amount: number): bigint => BigInt(Math.round(amount * 1e9)) * 10n ** 9n

/** Gwei of the configuration in wei. */
export const gweiToWei = (amount: number): bigint => BigInt(Math.floor(amount * 1e9))

/** What the account must hold beside its stakes. */
export const reserveRules = ({ challenger, tx }: Pick<ChallengerConfig, 'challenger' | 'tx'>): ReserveRules => ({
  minBalanceWei: etherToWei(challenger.minBalanceEther),
  maxFeeCapWei: gweiToWei(tx.maxFeeCapGwei),
})
