import type { ChallengerConfig } from '../../config.ts'
import { withNode } from '../offline.ts'
import { hashOperand } from '../parse-command.ts'

/** The decision about an assertion with its evidence: from the running service, if it has a health port, else from the data directory. */
export async function explain(config: ChallengerConfig, operands: readonly string[]): Promise<unknown> {
  const id = hashOperand(operands, 0, 'ID')
  const told = await askService(config, id)
  return told ?? withNode(config, ({ explainer }) => explainer.explain(id))
}

async function askService({ health }: ChallengerConfig, id: string): Promise<unknown> {
  if (health.port === undefined || health.port === 0) return undefined
  try {
    const response = await fetch(`http://${health.host}:${health.port}/status`, { signal: AbortSignal.timeout(30_000) })
    const status = (await response.json()) as { explanations?: Record<string, unknown> }
    return status.explanations?.[id]
  } catch {
    // Nothing listens: the service does not run.
    return undefined
  }
}
