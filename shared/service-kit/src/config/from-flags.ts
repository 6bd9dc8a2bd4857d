import { Command, Option } from 'commander'
import type { ConfigIssue } from './errors.ts'
import type { ConfigField } from './fields.ts'
import { unknownNameMessage } from './suggest.ts'
import { type FoundValue, textToValue } from './values.ts'

/** What the command line said. */
export interface ParsedFlags {
  readonly found: readonly FoundValue[]
  /** Words that are no flags, e.g. `config print`. */
  readonly operands: readonly string[]
  readonly configFile: string | undefined
  readonly help: boolean
  readonly version: boolean
}

/** The commander program: one `--name [value]` for each field; also what prints `--help`. */
export function flagProgram(service: string, fields: readonly ConfigField[]): Command {
  const program = new Command(service)
    .helpOption(false)
    .allowUnknownOption()
    .usage('[options] | config print | config docs')
    .option('--config [file]', 'YAML or JSON file; keys are the flag names as nested camelCase objects')
    .option('-h, --help', 'this text')
    .option('-V, --version', 'print the version')
  for (const field of fields) {
    const text = field.secret
      ? `${field.description} Secret: use ${field.env} or --${field.flag}-file.`
      : field.description
    const option = new Option(`--${field.flag} [${field.typeLabel}]`, `${text} [${field.env}]`)
    if (field.secret) option.hideHelp()
    program.addOption(option)
  }
  return program
}

/** Reads the command line; problems are pushed on `issues`. Lists may be repeated, other flags may not. */
export function parseFlags(
  service: string,
  fields: readonly ConfigField[],
  argv: readonly string[],
  issues: ConfigIssue[],
): ParsedFlags {
  const program = flagProgram(service, fields)
  const given = new Map<string, (string | null)[]>()
  for (const option of program.options) {
    program.on(`option:${option.name()}`, (value?: string | null) => {
      given.set(option.name(), [...(given.get(option.name()) ?? []), value ?? null])
    })
  }
  const { operands, unknown } = program.parseOptions([...argv])
  const names = ['config', 'help', 'version', ...fields.map((field) => field.flag)].map((name) => `--${name}`)
  for (const word of unknown.filter((text) => text.startsWith('-'))) {
    const name = word.split('=')[0]!
    issues.push({ where: name, message: unknownNameMessage(name, names) })
  }
  const found: FoundValue[] = []
  for (const field of fields) {
    const texts = given.get(field.flag)
    if (!texts) continue
    const where = `--${field.flag}`
    if (field.secret) {
      issues.push({ where, message: `secrets are not taken from the command line, use ${field.env} or ${where}-file` })
    } else if (field.kind !== 'list' && texts.length > 1) {
      issues.push({ where, message: 'given more than once' })
    } else if (field.kind !== 'boolean' && texts.includes(null)) {
      issues.push({ where, message: 'needs a value' })
    } else {
      const value =
        field.kind === 'list'
          ? texts.flatMap((text) => textToValue(text!, field))
          : textToValue(texts[0] ?? 'true', field)
      found.push({ field, value, source: 'flag', where })
    }
  }
  const configFile = given.get('config')?.at(-1)
  if (configFile === null) issues.push({ where: '--config', message: 'needs a value' })
  return {
    found,
    operands,
    configFile: configFile ?? undefined,
    help: given.has('help'),
    version: given.has('version'),
  }
}
