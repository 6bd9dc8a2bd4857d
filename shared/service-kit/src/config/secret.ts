import type { z } from 'zod'

/** Marks a field as secret: redacted when printed, refused on the command line, readable from a `-file` twin. */
export function secret<S extends z.ZodType>(schema: S, description: string): S {
  return schema.meta({ description, secret: true }) as S
}
