import type { ConfigField } from './fields.ts'

/** Where a value came from, weakest first. */
export type ConfigSource = 'file' | 'env' | 'flag'

/** A value found for a field, still to be checked by the schema. */
export interface FoundValue {
  readonly field: ConfigField
  readonly value: unknown
  readonly source: ConfigSource
  /** Name under which it was given, for messages. */
  readonly where: string
}

const booleans: Record<string, boolean> = {
  true: true,
  1: true,
  yes: true,
  on: true,
  false: false,
  0: false,
  no: false,
  off: false,
}

/** Reads text as the field's kind. Text that does not fit stays text, so that the schema reports it. */
export function textToValue(text: string, { kind }: ConfigField): unknown {
  switch (kind) {
    case 'string':
      return text
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
    case 'bigint':
      return /^-?\d+$|^0x[0-9a-fA-F]+$/.test(text.trim()) ? BigInt(text.trim()) : text
    case 'boolean':
      return booleans[text.trim().toLowerCase()] ?? text
    case 'list':
      return text === '' ? [] : text.split(/[\n,]/).map((item) => item.trim())
    case 'json':
      try {
        return JSON.parse(text)
      } catch {
        return text
      }
  }
}

/** Native values of a file: only integers are widened to bigint where the field is one, the schema does the rest. */
export function nativeToValue(value: unknown, field: ConfigField): unknown {
  if (field.kind === 'bigint' && (Number.isSafeInteger(value) || typeof value === 'string')) {
    return textToValue(String(value), field)
  }
  return value
}

/** Sets `value` at `path` of a nested plain object, creating objects on the way. */
export function setAt(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let node = target
  for (const key of path.slice(0, -1)) {
    node[key] ??= {}
    node = node[key] as Record<string, unknown>
  }
  node[path.at(-1)!] = value
}

/** The value at `path`, or undefined. */
export function getAt(source: unknown, path: readonly string[]): unknown {
  let node = source
  for (const key of path) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined
    node = (node as Record<string, unknown>)[key]
  }
  return node
}
