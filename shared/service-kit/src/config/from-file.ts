import { parse } from 'yaml'
import type { ConfigIssue } from './errors.ts'
import type { ConfigField } from './fields.ts'
import { unknownNameMessage } from './suggest.ts'
import { type FoundValue, nativeToValue } from './values.ts'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads the text of a YAML or JSON file (JSON is YAML); problems are pushed on `issues`. */
export function parseFile(
  fileName: string,
  text: string,
  fields: readonly ConfigField[],
  issues: ConfigIssue[],
): readonly FoundValue[] {
  let root: unknown
  try {
    root = parse(text) ?? {}
  } catch (error) {
    issues.push({ where: fileName, message: `cannot be parsed: ${(error as Error).message}` })
    return []
  }
  if (!isObject(root)) {
    issues.push({ where: fileName, message: 'must hold a mapping' })
    return []
  }
  const leaves = new Map(fields.map((field) => [field.path.join('.'), field]))
  const sections = new Set(
    fields.flatMap((field) => field.path.slice(1).map((_, i) => field.path.slice(0, i + 1).join('.'))),
  )
  const found: FoundValue[] = []
  const walk = (node: Record<string, unknown>, path: readonly string[]) => {
    for (const [key, value] of Object.entries(node)) {
      const name = [...path, key].join('.')
      const where = `${fileName}: ${name}`
      const field = leaves.get(name)
      if (field && value !== null) found.push({ field, value: nativeToValue(value, field), source: 'file', where })
      else if (field) issues.push({ where, message: 'has no value' })
      else if (!sections.has(name)) {
        issues.push({ where, message: unknownNameMessage(name, [...leaves.keys(), ...sections]) })
      } else if (isObject(value)) walk(value, [...path, key])
      else issues.push({ where, message: 'must be a mapping' })
    }
  }
  walk(root, [])
  return found
}
