import { type Logger, type LogLevel, logLevels } from './logger.ts'

/** Child loggers made by `componentLogger`, kept weakly so that one level change reaches them all. */
const children = new WeakMap<Logger, Set<WeakRef<Logger>>>()

/** Child logger of one component; it follows later level changes of `logger`. */
export function componentLogger(logger: Logger, component: string): Logger {
  const child = logger.child({ component })
  const known = children.get(logger) ?? new Set()
  known.add(new WeakRef(child))
  children.set(logger, known)
  return child
}

/** Sets the level of a logger and of all component loggers below it. */
export function setLogLevel(logger: Logger, level: LogLevel): void {
  logger.level = level
  for (const reference of children.get(logger) ?? []) {
    const child = reference.deref()
    if (child) setLogLevel(child, level)
    else children.get(logger)?.delete(reference)
  }
}

/** Moves info → debug → trace → warn → error → info and returns the new level. */
export function cycleLogLevel(logger: Logger): LogLevel {
  const cycle: readonly LogLevel[] = ['info', 'debug', 'trace', 'warn', 'error']
  const level = cycle[(cycle.indexOf(logger.level as LogLevel) + 1) % cycle.length]!
  setLogLevel(logger, level)
  if (logLevels.indexOf(level) <= logLevels.indexOf('warn')) logger.warn({ level }, 'log level changed')
  return level
}
