import type { z } from 'zod'

/** How text becomes a value of the field. */
export type FieldKind = 'string' | 'number' | 'bigint' | 'boolean' | 'list' | 'json'

/** One leaf of a configuration schema, with its name in every source. */
export interface ConfigField {
  /** Key path in the schema and in the file, e.g. `['l1', 'rpcUrl']`. */
  readonly path: readonly string[]
  /** Flag without dashes, e.g. `l1.rpc-url`. */
  readonly flag: string
  /** Environment variable, e.g. `CREMA_PROPOSER_L1_RPC_URL`. */
  readonly env: string
  readonly kind: FieldKind
  /** What docs print as the type, e.g. `json | pretty`. */
  readonly typeLabel: string
  readonly description: string
  readonly secret: boolean
  /** For the automatic `-file` twin of a secret: the path of the secret itself. */
  readonly fileFor?: readonly string[]
  readonly required: boolean
  readonly defaultValue: unknown
}

interface Unwrapped {
  readonly schema: z.core.$ZodType
  readonly meta: { description?: string; secret?: boolean }
  readonly optional: boolean
  readonly defaultValue: unknown
}

/** Zod's definitions, as far as they are read here. */
interface Def {
  readonly type: string
  readonly innerType?: z.core.$ZodType
  readonly in?: z.core.$ZodType
  readonly shape?: Record<string, z.core.$ZodType>
  readonly entries?: Record<string, string | number>
  readonly defaultValue?: unknown
}

const definition = (schema: z.core.$ZodType): Def => schema._zod.def as unknown as Def

/** Strips defaults, optionals and pipes, collecting what they said. Outer descriptions win over inner ones. */
function unwrap(schema: z.core.$ZodType): Unwrapped {
  const own = ((schema as z.ZodType).meta?.() ?? {}) as Unwrapped['meta']
  const def = definition(schema)
  const inner = def.innerType ?? (def.type === 'pipe' ? def.in : undefined)
  if (!inner) return { schema, meta: own, optional: false, defaultValue: undefined }
  const below = unwrap(inner)
  const hasDefault = def.type === 'default' || def.type === 'prefault'
  return {
    schema: below.schema,
    meta: { ...below.meta, ...own },
    optional: below.optional || hasDefault || def.type === 'optional',
    defaultValue: hasDefault ? def.defaultValue : below.defaultValue,
  }
}

const kebab = (key: string) => key.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()

/** Flag name of a key path, without dashes. */
export const flagName = (path: readonly string[]): string => path.map(kebab).join('.')

/** Environment name of a key path. */
export const envName = (prefix: string, path: readonly string[]): string =>
  [prefix, ...path.map((key) => kebab(key).replaceAll('-', '_').toUpperCase())].join('_')

const kinds: Record<string, FieldKind> = {
  string: 'string',
  enum: 'string',
  literal: 'string',
  number: 'number',
  int: 'number',
  bigint: 'bigint',
  boolean: 'boolean',
  array: 'list',
}

function leaf(prefix: string, path: readonly string[], value: Unwrapped): ConfigField {
  const def = definition(value.schema)
  return {
    path,
    flag: flagName(path),
    env: envName(prefix, path),
    kind: kinds[def.type] ?? (def.type === 'record' || def.type === 'tuple' ? 'json' : 'string'),
    typeLabel: def.entries ? Object.values(def.entries).join(' | ') : def.type === 'array' ? 'list' : def.type,
    description: value.meta.description ?? '',
    secret: value.meta.secret === true,
    required: !value.optional,
    defaultValue: value.defaultValue,
  }
}

function fileTwin(prefix: string, secret: ConfigField): ConfigField {
  const path = [...secret.path.slice(0, -1), `${secret.path.at(-1)}File`]
  return {
    path,
    flag: flagName(path),
    env: envName(prefix, path),
    kind: 'string',
    typeLabel: 'path',
    description: `File holding the value of \`${secret.path.join('.')}\`; surrounding white space is dropped.`,
    secret: false,
    fileFor: secret.path,
    required: false,
    defaultValue: undefined,
  }
}

/**
 * Every leaf of `schema` in order, each secret followed by its `-file` twin.
 * @throws Error when two fields would share a flag or a variable: a mistake in the schema, not in the configuration.
 */
export function configFields(schema: z.ZodObject, prefix: string): readonly ConfigField[] {
  const fields: ConfigField[] = []
  const walk = (node: z.core.$ZodType, path: readonly string[]) => {
    const value = unwrap(node)
    const { shape } = definition(value.schema)
    if (shape) {
      for (const [key, child] of Object.entries(shape)) walk(child, [...path, key])
      return
    }
    const field = leaf(prefix, path, value)
    fields.push(field)
    if (field.secret) fields.push(fileTwin(prefix, field))
  }
  walk(schema, [])
  for (const key of ['flag', 'env'] as const) {
    const names = fields.map((field) => field[key])
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    if (twice) throw new Error(`configuration schema gives ${twice} to two fields`)
  }
  return fields
}
