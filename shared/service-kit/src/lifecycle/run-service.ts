import { exitCodeOf, exitCodes } from '../errors.ts'
import { cycleLogLevel } from '../logging/level.ts'
import type { Logger } from '../logging/logger.ts'
import { createShutdown, type Shutdown } from './shutdown.ts'

/** What a running service is given. */
export interface ServiceContext {
  readonly name: string
  readonly logger: Logger
  readonly shutdown: Shutdown
  /** Same as `shutdown.signal`. */
  readonly signal: AbortSignal
  /** Stops cleanly, exit code 0. */
  stop(reason: string): void
  /** Stops because of an error: exit code 75 if it says `retryable: true`, else 1. */
  fail(error: unknown): void
}

/** Options of `runService`. */
export interface RunOptions {
  readonly logger: Logger
  /** Time for closing before the process exits anyway, in milliseconds. Default 10,000. */
  readonly graceMs?: number
}

/**
 * Runs a service for the life of the process. `start` resolves when the service is up and registers what to close.
 * First SIGINT or SIGTERM stops cleanly, a second exits at once with 1; SIGUSR2 cycles the log level. An uncaught
 * exception or rejection is fatal. Returns after closing, just before the process exits with 0, 1 or 75.
 */
export async function runService(
  name: string,
  start: (context: ServiceContext) => Promise<void> | void,
  { logger, graceMs = 10_000 }: RunOptions,
): Promise<void> {
  const shutdown = createShutdown(graceMs)
  const ended = Promise.withResolvers<number>()
  let finishing = false

  const finish = async (reason: string, code: number) => {
    if (finishing) return
    finishing = true
    const { errors, unfinished } = await shutdown.close(reason)
    for (const { name: part, error } of errors) logger.error({ err: error, part }, 'error while closing')
    if (unfinished.length > 0) logger.error({ unfinished, graceMs }, 'not closed in time')
    const failed = errors.length > 0 || unfinished.length > 0
    ended.resolve(code === exitCodes.clean && failed ? exitCodes.fatal : code)
  }
  const fail = (error: unknown) => {
    if (shutdown.signal.aborted && error === shutdown.signal.reason) return
    logger.fatal({ err: error }, 'fatal error, stopping')
    void finish('fatal error', exitCodeOf(error))
  }
  const stop = (reason: string) => {
    logger.info({ reason }, 'stopping')
    void finish(reason, exitCodes.clean)
  }
  const onSignal = (signal: string) => {
    if (!finishing) return stop(signal)
    logger.fatal({ signal }, 'second signal, exiting at once')
    process.exit(exitCodes.fatal)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  process.on('SIGUSR2', () => cycleLogLevel(logger))
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)

  try {
    await start({ name, logger, shutdown, signal: shutdown.signal, stop, fail })
    if (!finishing) logger.info('started')
  } catch (error) {
    fail(error)
  }
  // A service whose work hangs on sockets alone stays up until told to stop; this keeps one with nothing open alive too.
  const keepAlive = setInterval(() => {}, 2 ** 30)
  const code = await ended.promise
  clearInterval(keepAlive)
  logger.flush()
  process.exitCode = code
  // Whatever handle leaked must not keep a stopped service from exiting; the timer itself keeps nothing alive.
  setTimeout(() => process.exit(code), 500).unref()
}
