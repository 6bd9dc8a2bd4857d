import type { z } from 'zod'
import { ConfigError, type ConfigIssue } from '../config/errors.ts'
import { configFields } from '../config/fields.ts'
import { flagProgram, parseFlags } from '../config/from-flags.ts'
import { envPrefix, loadParsed } from '../config/load.ts'
import { renderConfig, renderConfigDocs } from '../config/render.ts'
import type { logSection } from '../config/sections.ts'
import { exitCodes } from '../errors.ts'
import { createLogger } from '../logging/logger.ts'
import { createMetrics, type Metrics } from '../metrics/metrics.ts'
import { runService, type ServiceContext } from './run-service.ts'

/** A schema that has the `log` section every service shares. */
export type ServiceSchema = z.ZodObject<{ log: typeof logSection }>

/** Definition of a service's command. */
export interface ServiceDefinition<S extends ServiceSchema> {
  readonly name: string
  readonly version: string
  readonly schema: S
  readonly graceMs?: number
  readonly start: (context: ServiceContext & { config: z.output<S>; metrics: Metrics }) => Promise<void> | void
}

/** Runs what the command line asks for and returns its text, or undefined when the service itself is to run. */
function answer<S extends ServiceSchema>(
  definition: ServiceDefinition<S>,
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
) {
  const { name, schema, version } = definition
  const issues: ConfigIssue[] = []
  const fields = configFields(schema, envPrefix(name))
  const flags = parseFlags(name, fields, argv, issues)
  if (flags.help) return { text: flagProgram(name, fields).helpInformation() }
  if (flags.version) return { text: `${name} ${version}\n` }
  const command = flags.operands.join(' ')
  if (command === 'config docs') return { text: renderConfigDocs(name, schema) }
  if (command !== '' && command !== 'config print')
    issues.push({ where: command, message: 'unknown command, there are: config print, config docs' })
  const loaded = loadParsed({ service: name, schema, argv, env }, fields, flags, issues)
  return command === 'config print' ? { text: renderConfig(loaded) } : { loaded }
}

/**
 * Entry point of a service's `main.ts`: reads the configuration, answers `--help`, `--version`, `config print` and
 * `config docs`, else runs the service with a logger and metrics until it is told to stop.
 */
export async function runMain<S extends ServiceSchema>(
  definition: ServiceDefinition<S>,
  argv: readonly string[] = process.argv.slice(2),
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const { name, graceMs, start } = definition
  try {
    const { text, loaded } = answer(definition, argv, env)
    if (text !== undefined || loaded === undefined) {
      process.stdout.write(text ?? '')
      return
    }
    const config = loaded.config as z.output<S> & { log: z.output<typeof logSection> }
    const logger = createLogger({ service: name, ...config.log })
    const metrics = createMetrics(name)
    const run = (context: ServiceContext) => start({ ...context, config, metrics })
    await runService(name, run, { logger, ...(graceMs === undefined ? {} : { graceMs }) })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${name}: ${error.message}\n`)
    process.exitCode = exitCodes.fatal
  }
}
