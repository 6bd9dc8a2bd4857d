import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

/** A started service process. */
export interface ServiceProcess {
  readonly child: ChildProcess
  /** Address of its API, once it said so. */
  readonly url: string
  readonly lines: readonly Record<string, unknown>[]
  kill(signal: NodeJS.Signals): Promise<number | null>
}

/**
 * Starts an entry point of this service and waits for its log line with message `ready`, whose `url` is taken. Ended after the
 * test.
 */
export function startProcess(
  entry: string,
  ready: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ServiceProcess> {
  const main = join(import.meta.dirname, '../../src', entry)
  const child = spawn(process.execPath, [main, ...args, '--log.format', 'json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    return exited
  }
  onTestFinished(async () => void (await kill('SIGKILL')))
  const lines: Record<string, unknown>[] = []
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const entry = JSON.parse(line) as Record<string, unknown>
      lines.push(entry)
      if (entry.msg === ready) resolve({ child, url: String(entry.url), lines, kill })
    })
    void exited.then((code) => {
      reject(new Error(`ended with ${code}: ${errors} ${JSON.stringify(lines.slice(-3))}`))
    })
  })
}
