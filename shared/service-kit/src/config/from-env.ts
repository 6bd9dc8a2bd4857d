import type { ConfigIssue } from './errors.ts'
import type { ConfigField } from './fields.ts'
import { unknownNameMessage } from './suggest.ts'
import { type FoundValue, textToValue } from './values.ts'

/** Environment variables by name, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Reads the variables that start with `<prefix>_`; unknown ones are problems, empty ones count as absent. */
export function parseEnv(
  prefix: string,
  fields: readonly ConfigField[],
  env: Environment,
  issues: ConfigIssue[],
): { readonly found: readonly FoundValue[]; readonly configFile: string | undefined } {
  const byName = new Map(fields.map((field) => [field.env, field]))
  const configName = `${prefix}_CONFIG`
  const found: FoundValue[] = []
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith(`${prefix}_`) || name === configName || text === undefined) continue
    const field = byName.get(name)
    if (!field) issues.push({ where: name, message: unknownNameMessage(name, [configName, ...byName.keys()]) })
    else if (text !== '') found.push({ field, value: textToValue(text, field), source: 'env', where: name })
  }
  return { found, configFile: env[configName] || undefined }
}
