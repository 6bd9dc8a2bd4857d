import { nodeSections } from '@crema/node'
import { healthSection, logSection } from '@crema/service-kit'
import { z } from 'zod'

/** Configuration of the challenger; sources and names: service-kit. */
export const challengerConfig = z.object({
  log: logSection,
  health: healthSection,
  ...nodeSections,
  challenger: z
    .object({
      head: z
        .enum(['finalized', 'safe'])
        .default('finalized')
        .describe('Head up to which own states count as known; assertions beyond it are not judged yet.'),
      pollMs: z.number().int().min(50).default(4_000).describe('Milliseconds between looks at the assertions.'),
    })
    .prefault({}),
})

export type ChallengerConfig = z.output<typeof challengerConfig>
