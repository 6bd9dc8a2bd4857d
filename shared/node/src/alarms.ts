import type { Clock } from '@crema/service-kit'
import type { Alarm, AlarmCode } from './types.ts'

/** The alarms that stand. */
export interface Alarms {
  /** Raises an alarm, or renews its message; subscribers hear of it only when it begins. */
  raise(code: AlarmCode, message: string, details?: Readonly<Record<string, unknown>>): void
  clear(code: AlarmCode): void
  standing(): Alarm[]
}

/** Creates an empty set; `onRaise` hears of each alarm that begins. */
export function createAlarms(clock: Clock, onRaise: (alarm: Alarm) => void): Alarms {
  const alarms = new Map<AlarmCode, Alarm>()
  return {
    raise: (code, message, details = {}) => {
      const before = alarms.get(code)
      const alarm = { code, message, details, since: before?.since ?? clock.nowMs() }
      alarms.set(code, alarm)
      if (before === undefined) onRaise(alarm)
    },
    clear: (code) => void alarms.delete(code),
    standing: () => [...alarms.values()],
  }
}
