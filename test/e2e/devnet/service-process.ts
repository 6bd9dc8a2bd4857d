import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'

const repository = join(import.meta.dirname, '../../..')

/** How a service is started; the same every time, so that a restart is a restart. */
export interface ServiceSpec {
  readonly name: string
  /** Entry point, from the repository's root. */
  readonly main: string
  readonly flags: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly logPath: string
  /** Answers 200 once the service is ready. */
  readonly readyUrl: string
}

/** A service in a process of its own. */
export interface ServiceProcess {
  readonly spec: ServiceSpec
  /** Starts it and waits until it is ready. Throws when it ends first or takes more than `timeoutMs`. */
  start(timeoutMs?: number): Promise<void>
  /** SIGTERM, then SIGKILL after ten seconds. Resolves with the exit code, null after a kill. */
  stop(): Promise<number | null>
  /** SIGKILL: nothing is written any more. */
  kill(): Promise<void>
  running(): boolean
  pid(): number | undefined
}

/** Every service that runs now, so that an impatient end of this process leaves none behind. */
const alive = new Set<ChildProcess>()

/** Kills every service that this process started. */
export function killServices(): void {
  for (const child of alive) child.kill('SIGKILL')
}

/** Describes a service's process; `start` runs it. */
export function createServiceProcess(spec: ServiceSpec): ServiceProcess {
  let child: ChildProcess | undefined
  let exited: Promise<number | null> = Promise.resolve(null)
  const running = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null

  return {
    spec,
    running,
    pid: () => child?.pid,
    start: async (timeoutMs = 30_000) => {
      if (running()) throw new Error(`${spec.name} runs already`)
      const log = openSync(spec.logPath, 'a')
      const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', spec.main, ...spec.flags], {
        cwd: repository,
        stdio: ['ignore', log, log],
        // A group of its own: Ctrl-C in a terminal reaches the parent alone, which then stops its services in order.
        detached: true,
        env: { ...process.env, ...spec.env },
      })
      closeSync(log)
      child = started
      alive.add(started)
      exited = new Promise((resolve) =>
        started.once('exit', (code) => {
          alive.delete(started)
          resolve(code)
        }),
      )
      const deadline = Date.now() + timeoutMs
      while (!(await isReady(spec.readyUrl))) {
        if (!running()) throw new Error(`${spec.name} ended with ${started.exitCode}; see ${spec.logPath}`)
        if (Date.now() > deadline)
          throw new Error(`${spec.name} is not ready after ${timeoutMs} ms; see ${spec.logPath}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    stop: async () => {
      if (!running()) return exited
      child!.kill('SIGTERM')
      const timer = setTimeout(() => child?.kill('SIGKILL'), 10_000)
      const code = await exited
      clearTimeout(timer)
      return code
    },
    kill: async () => {
      if (!running()) return
      child!.kill('SIGKILL')
      await exited
    },
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    return false
  }
}
