import { readFileSync } from 'node:fs'
import { corpusPath } from './corpus.ts'

/** The part of JSON Schema that execution-apis' OpenRPC document uses. */
interface Schema {
  readonly type?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly not?: Schema
}

type Methods = readonly { readonly name: string; readonly result: { readonly schema: Schema } }[]

/** Result schemas of all methods in the OpenRPC document. */
export function readResultSchemas(): ReadonlyMap<string, Schema> {
  const { methods } = JSON.parse(readFileSync(corpusPath('execution-apis/openrpc.json'), 'utf8')) as {
    methods: Methods
  }
  return new Map(methods.map(({ name, result }) => [name, result.schema]))
}

/** First place where `value` breaks `schema`, or undefined. */
export function schemaViolation(schema: Schema, value: unknown, path = '$'): string | undefined {
  const fails = (branch: Schema) => schemaViolation(branch, value, path) !== undefined
  if (schema.oneOf !== undefined && schema.oneOf.filter((item) => !fails(item)).length !== 1) return `${path}: oneOf`
  if (schema.anyOf?.every(fails)) return `${path}: anyOf`
  if (schema.not !== undefined && !fails(schema.not)) return `${path}: not`
  if (schema.enum !== undefined && !schema.enum.includes(value)) return `${path}: enum`
  if (schema.const !== undefined && schema.const !== value) return `${path}: const`
  if (schema.type !== undefined && jsonType(value) !== schema.type) return `${path}: not a ${schema.type}`
  if (typeof value === 'string' && schema.pattern !== undefined && !new RegExp(schema.pattern).test(value)) {
    return `${path}: ${value.slice(0, 80)} does not match ${schema.pattern}`
  }
  const parts = (schema.allOf ?? []).map((item) => schemaViolation(item, value, path))
  return parts.find((item) => item !== undefined) ?? memberViolation(schema, value, path)
}

function memberViolation(schema: Schema, value: unknown, path: string): string | undefined {
  if (Array.isArray(value) && schema.items !== undefined) {
    return value
      .map((item, i) => schemaViolation(schema.items!, item, `${path}[${i}]`))
      .find((item) => item !== undefined)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const missing = schema.required?.find((name) => !Object.hasOwn(value, name))
  if (missing !== undefined) return `${path}: ${missing} is missing`
  for (const [name, item] of Object.entries(value)) {
    const own = schema.properties?.[name] ?? schema.additionalProperties
    if (own === false) return `${path}: ${name} is not expected`
    const violation = typeof own === 'object' ? schemaViolation(own, item, `${path}.${name}`) : undefined
    if (violation !== undefined) return violation
  }
  return undefined
}

function jsonType(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
