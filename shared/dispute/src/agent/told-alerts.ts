import type { Alert, Decision } from '../decide/types.ts'
import type { DisputeAgentPorts } from './types.ts'

/** An alert that a look found, and the decision that it belongs to, if any. */
export interface FoundAlert {
  readonly alert: Alert
  readonly decision: Decision | undefined
}

/** Alerts that stand, each told once. */
export interface ToldAlerts {
  /** Tells what is new, or more or less urgent, and drops what is over: all but what was found and `standing`, by name. */
  update(found: readonly FoundAlert[], standing: readonly string[]): void
  all(): readonly Alert[]
}

export function createToldAlerts({ logger, onEvent }: Pick<DisputeAgentPorts, 'logger' | 'onEvent'>): ToldAlerts {
  const told = new Map<string, Alert>()
  /** Gaps in the events that the last look found. */
  let gapsSeen: ReadonlySet<string> = new Set()

  function tell({ alert, decision }: FoundAlert): void {
    const before = told.get(nameOf(alert))
    told.set(nameOf(alert), alert)
    if (before?.severity === alert.severity) return
    const level = alert.severity === 'critical' ? 'error' : alert.severity === 'warning' ? 'warn' : 'info'
    logger[level]({ alert: alert.code, about: alert.about, ...alert.details }, `dispute: ${alert.code}`)
    onEvent?.({ kind: 'alert', alert, decision })
  }

  return {
    update: (found, standing) => {
      const current = new Set([...standing, ...found.map(({ alert }) => nameOf(alert))])
      for (const name of told.keys()) if (!current.has(name)) told.delete(name)
      // An endpoint may serve a block's logs later than its state: only a gap that lasts is one.
      for (const one of found) if (!isGap(one.alert) || gapsSeen.has(nameOf(one.alert))) tell(one)
      gapsSeen = new Set(found.flatMap(({ alert }) => (isGap(alert) ? [nameOf(alert)] : [])))
    },
    all: () => [...told.values()],
  }
}

/** Whether events are missing. */
export const isGap = ({ code, details }: Alert): boolean =>
  code === 'events-missing' || (code === 'no-move' && details.refusal === 'children-missing')

/** The same at every look for the same alert. */
export const nameOf = ({ code, about }: Pick<Alert, 'code' | 'about'>): string => `${code} ${about}`
