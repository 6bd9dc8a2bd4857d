import type { ChallengerConfig } from '../../config.ts'
import { CliError } from '../errors.ts'
import { withNode } from '../offline.ts'
import { hashOperand } from '../parse-command.ts'

/** The decision about an assertion with its evidence: from the running service, if it has a health port, else from the data directory. Throws {@link CliError} `cli.not-found`. */
export async function explain(config: ChallengerConfig, operands: readonly string[]): Promise<unknown> {
  const id = hashOperand(operands, 0, 'ID')
  const told = await askService(config, id)
  if (told === undefined) return withNode(config, ({ explainer }) => explainer.explain(id))
  if (told.error?.code !== 'challenger.unknown-assertion') return told
  throw new CliError('cli.not-found', told.error.message, { details: { id } })
}

interface Told {
  readonly error?: { readonly code: string; readonly message: string }
}

async function askService({ health }: ChallengerConfig, id: string): Promise<Told | undefined> {
  if (health.port === undefined || health.port === 0) return undefined
  try {
    const url = `http://${health.host}:${health.port}/explain/${id}`
    const response = await fetch(url, { signal: AbortSignal.timeout(30_000) })
    return response.ok ? ((await response.json()) as Told) : undefined
  } catch {
    // Nothing listens: the service does not run.
    return undefined
  }
}
