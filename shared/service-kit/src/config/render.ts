import { stringify } from 'yaml'
import type { z } from 'zod'
import { configFields } from './fields.ts'
import { envPrefix, type LoadedConfig } from './load.ts'
import { getAt, setAt } from './values.ts'

/** What stands where a secret was. */
export const redacted = '[redacted]'

/** Text of a value for people: bigint as decimal, other things as JSON. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? item.toString() : item)) ?? ''

/** The effective configuration as YAML that `--config` accepts again, but for the secrets, which are redacted. */
export function renderConfig<S extends z.ZodObject>({ config, fields }: LoadedConfig<S>): string {
  const tree: Record<string, unknown> = {}
  for (const field of fields) {
    const value = field.fileFor ? undefined : getAt(config, field.path)
    if (value === undefined) continue
    setAt(tree, field.path, field.secret ? redacted : typeof value === 'bigint' ? value.toString() : value)
  }
  return stringify(tree)
}

/** Markdown table of every field with its flag, variable, type, default and meaning. */
export function renderConfigDocs(service: string, schema: z.ZodObject): string {
  const fields = configFields(schema, envPrefix(service))
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
  const rows = fields.map((field) => {
    const flag = field.secret ? '(never on the command line)' : `\`--${field.flag}\``
    const fallback = field.required
      ? '**required**'
      : field.defaultValue === undefined
        ? ''
        : `\`${plain(field.defaultValue)}\``
    return `| ${[flag, `\`${field.env}\``, field.typeLabel, fallback, field.description].map(cell).join(' | ')} |`
  })
  return [
    `# Configuration of ${service}`,
    '',
    `Flags win over the environment, which wins over the file of \`--config\` (\`${envPrefix(service)}_CONFIG\`), which wins`,
    'over defaults. The file is YAML or JSON: `--l1.rpc-url` is `rpcUrl` under `l1`. Unknown names are errors.',
    '',
    '| flag | environment | type | default | meaning |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
