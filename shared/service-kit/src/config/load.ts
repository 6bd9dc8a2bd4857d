import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { ConfigError, type ConfigIssue } from './errors.ts'
import { type ConfigField, configFields } from './fields.ts'
import { type Environment, parseEnv } from './from-env.ts'
import { parseFile } from './from-file.ts'
import { type ParsedFlags, parseFlags } from './from-flags.ts'
import { type ConfigSource, type FoundValue, setAt, textToValue } from './values.ts'

/** Where to read a service's configuration from. */
export interface ConfigInput<S extends z.ZodObject> {
  /** Service name; the environment prefix is `CREMA_<SERVICE>` in capitals. */
  readonly service: string
  readonly schema: S
  /** Arguments after the script's name. */
  readonly argv: readonly string[]
  readonly env: Environment
}

/** A checked configuration. */
export interface LoadedConfig<S extends z.ZodObject> {
  readonly config: z.output<S>
  /** Source of each value that is not a default, by dotted path. */
  readonly sources: ReadonlyMap<string, ConfigSource>
  readonly fields: readonly ConfigField[]
}

/** Environment prefix of a service: `batch-poster` → `CREMA_BATCH_POSTER`. */
export const envPrefix = (service: string): string => `CREMA_${service.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`

function readText(path: string, where: string, issues: ConfigIssue[]): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    issues.push({ where, message: `cannot read ${path}: ${(error as NodeJS.ErrnoException).code ?? 'error'}` })
    return undefined
  }
}

/** Strongest value of each field; a secret and its `-file` twin count as one field. */
function resolve(
  all: readonly FoundValue[],
  fields: readonly ConfigField[],
  issues: ConfigIssue[],
): Map<string, FoundValue> {
  const rank: Record<ConfigSource, number> = { file: 0, env: 1, flag: 2 }
  const best = new Map<string, FoundValue>()
  for (const found of all) {
    const id = (found.field.fileFor ?? found.field.path).join('.')
    const other = best.get(id)
    if (other && other.source === found.source) {
      issues.push({ where: found.where, message: `conflicts with ${other.where}` })
    } else if (!other || rank[found.source] > rank[other.source]) best.set(id, found)
  }
  for (const [id, found] of best) {
    if (!found.field.fileFor) continue
    const text = readText(String(found.value), found.where, issues)
    const field = fields.find((candidate) => candidate.path.join('.') === id)!
    if (text === undefined) best.delete(id)
    else best.set(id, { ...found, field, value: textToValue(text.trim(), field) })
  }
  return best
}

/** Gives every section without defaults of its own an object, so that its fields are reported or defaulted one by one. */
function fillSections(schema: z.core.$ZodType, target: Record<string, unknown>): void {
  const { shape } = schema._zod.def as unknown as { shape: Record<string, z.core.$ZodType> }
  for (const [key, child] of Object.entries(shape)) {
    if ((child._zod.def as { type: string }).type !== 'object') continue
    target[key] ??= {}
    fillSections(child, target[key] as Record<string, unknown>)
  }
}

function checkSchema<S extends z.ZodObject>(
  { schema }: ConfigInput<S>,
  values: ReadonlyMap<string, FoundValue>,
  fields: readonly ConfigField[],
  issues: ConfigIssue[],
): z.output<S> | undefined {
  const raw: Record<string, unknown> = {}
  for (const found of values.values()) setAt(raw, found.field.path, found.value)
  fillSections(schema, raw)
  const result = schema.safeParse(raw)
  if (result.success) return result.data
  for (const issue of result.error.issues) {
    const path = issue.path.map(String)
    const owner = fields.find((field) => field.path.every((key, i) => path[i] === key))
    const given = owner && values.get(owner.path.join('.'))
    const missing = owner && !given
    const names = owner?.secret ? `${owner.env} or --${owner.flag}-file` : owner && `--${owner.flag} or ${owner.env}`
    issues.push({
      where: given ? given.where : path.join('.') || 'configuration',
      message: missing && owner.required ? `is required: set ${names}` : issue.message,
    })
  }
  return undefined
}

/** As `loadConfig`, for a command line already parsed. */
export function loadParsed<S extends z.ZodObject>(
  input: ConfigInput<S>,
  fields: readonly ConfigField[],
  flags: ParsedFlags,
  issues: ConfigIssue[],
): LoadedConfig<S> {
  const env = parseEnv(envPrefix(input.service), fields, input.env, issues)
  const fileName = flags.configFile ?? env.configFile
  const text = fileName === undefined ? undefined : readText(fileName, '--config', issues)
  const file = fileName !== undefined && text !== undefined ? parseFile(fileName, text, fields, issues) : []
  const values = resolve([...file, ...env.found, ...flags.found], fields, issues)
  const config = checkSchema(input, values, fields, issues)
  if (issues.length > 0 || config === undefined) throw new ConfigError(issues)
  return { config, fields, sources: new Map([...values].map(([id, found]) => [id, found.source])) }
}

/**
 * Merges flags > environment > file (`--config`) > defaults and checks the result.
 * @throws ConfigError with every problem found: unknown names, unreadable files, secrets on argv, wrong values.
 */
export function loadConfig<S extends z.ZodObject>(input: ConfigInput<S>): LoadedConfig<S> {
  const issues: ConfigIssue[] = []
  const fields = configFields(input.schema, envPrefix(input.service))
  const flags = parseFlags(input.service, fields, input.argv, issues)
  for (const word of flags.operands) issues.push({ where: word, message: 'unexpected argument' })
  return loadParsed(input, fields, flags, issues)
}
