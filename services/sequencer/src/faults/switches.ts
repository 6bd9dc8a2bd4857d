import { z } from 'zod'

/** What can be made to go wrong, for tests. Absent: honest. README.md says what each does. */
export const faultSchema = z.strictObject({
  stop: z.enum(['hang', 'refuse']).optional(),
  delayMs: z.number().int().min(0).max(600_000).optional(),
  drop: z.boolean().optional(),
  equivocate: z.boolean().optional(),
  forge: z.enum(['signature', 'outsider', 'quorum']).optional(),
  withhold: z.boolean().optional(),
  tamper: z.boolean().optional(),
  admitAnything: z.boolean().optional(),
  origin: z.enum(['unknown', 'future', 'backwards']).optional(),
  timestamp: z.enum(['future', 'backwards']).optional(),
  payload: z.enum(['oversized', 'malformed']).optional(),
})

export type Faults = z.output<typeof faultSchema>

/** The faults in force; decorators ask at every use. */
export interface FaultSwitches {
  readonly current: Faults
  /** Replaces all of them. */
  set(faults: Faults): void
  /** Resolves at the next change. */
  changed(): Promise<void>
}

/** Switches that start as `faults`. */
export function createFaultSwitches(faults: Faults = {}): FaultSwitches {
  let current = faults
  let change = Promise.withResolvers<void>()
  return {
    get current() {
      return current
    },
    set: (next) => {
      current = next
      const { resolve } = change
      change = Promise.withResolvers<void>()
      resolve()
    },
    changed: () => change.promise,
  }
}
