import { sleep } from './sleep.ts'

/** The part of a logger `periodic` needs. */
export interface ErrorLog {
  error(fields: object, message: string): void
}

/** A running loop. */
export interface PeriodicLoop {
  /** Ends the current wait, or has one more round follow the current one. */
  wake(): void
  /** Resolves once the signal aborted and the last round ended. Never rejects. */
  readonly done: Promise<void>
}

/**
 * Runs `fn` at once and then again `intervalMs` after each round ended, one round at a time, until `signal` aborts.
 * A round that throws is logged and the loop goes on; nothing is ever thrown out of it.
 */
export function periodic(
  fn: (signal: AbortSignal) => Promise<void> | void,
  intervalMs: number,
  signal: AbortSignal,
  log: ErrorLog,
  name = 'periodic',
): PeriodicLoop {
  let pause = new AbortController()
  const wait = async () => {
    try {
      await sleep(intervalMs, AbortSignal.any([signal, pause.signal]))
    } catch {
      // Woken or stopped; the loop's condition tells which.
    }
    pause = new AbortController()
  }
  const run = async () => {
    while (!signal.aborted) {
      try {
        await fn(signal)
      } catch (err) {
        if (!signal.aborted) log.error({ err, loop: name }, 'round failed, the loop goes on')
      }
      if (!signal.aborted) await wait()
    }
  }
  return { wake: () => pause.abort(), done: run() }
}
