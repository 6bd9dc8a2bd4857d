import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeRollupConfig } from '@crema/protocol'
import { type ForcedRollup, freePort, testKey } from '@crema/testing'

const main = join(import.meta.dirname, '../../src/main.ts')

/** The challenger in a process of its own, with its own node on the rollup's L1. */
export interface ChallengerProcess {
  start(): Promise<void>
  /** SIGKILL: nothing is written any more. */
  kill(): Promise<void>
  stop(): Promise<void>
  status<T>(): Promise<T>
  /** Why it is not ready; none when it is. */
  ready(): Promise<{ readonly reasons: readonly string[] }>
  metrics(): Promise<string>
  log(): string
  /** Runs one of its commands with the same configuration. */
  command(...words: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }>
}

/** The last line of what a command wrote to standard error. */
export const errorOf = (err: string) => JSON.parse(err.trim().split('\n').at(-1)!).error

/** Describes a challenger with account `index`; the same every time, so that a restart is a restart. */
export async function challengerProcess(
  rollup: ForcedRollup,
  index: number,
  mode: 'watch' | 'defend' | 'resolve' | 'full',
  further: readonly string[] = [],
): Promise<ChallengerProcess> {
  const dir = join(rollup.dir, `challenger-${index}`)
  mkdirSync(dir, { recursive: true })
  const file = (name: string, text: string): string => {
    writeFileSync(join(dir, name), text)
    return join(dir, name)
  }
  const port = await freePort()
  const flags = [
    ...['--rollup', file('rollup.json', encodeRollupConfig(rollup.config))],
    ...['--data-dir', join(dir, 'data'), '--l1.rpc-url', rollup.l1Url, '--l1.poll-ms', '100'],
    ...['--health.port', String(port), '--log.format', 'json'],
    ...['--challenger.mode', mode, '--challenger.poll-ms', '200', '--challenger.spread-ms', '0'],
    ...['--signer.private-key-file', file('key', testKey(index))],
    ...['--tx.confirmations', '1', '--tx.poll-ms', '100', '--tx.resubmit-ms', '3000', ...further],
  ]
  const logPath = join(dir, 'log')
  let child: ChildProcess | undefined
  const ended = () => new Promise<void>((resolve) => (isRunning() ? child!.once('exit', () => resolve()) : resolve()))
  const isRunning = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null
  const get = (path: string) => fetch(`http://127.0.0.1:${port}/${path}`)
  const log = () => (existsSync(logPath) ? readFileSync(logPath, 'utf8') : '')
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const gone = ended()
    if (isRunning()) child!.kill(signal)
    await gone
  }
  return {
    log,
    start: async () => {
      const out = openSync(logPath, 'a')
      child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...flags], {
        stdio: ['ignore', out, out],
      })
      closeSync(out)
      for (const until = Date.now() + 60_000; ; ) {
        const answer = await get('ready').catch(() => undefined)
        if (answer?.status === 200) return
        if (!isRunning() || Date.now() > until) throw new Error(`the challenger did not start: ${log()}`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    status: async <T>() => (await (await get('status')).json()) as T,
    ready: async () => (await (await get('ready')).json()) as { readonly reasons: readonly string[] },
    metrics: async () => (await get('metrics')).text(),
    command: (...words) =>
      new Promise((resolve) => {
        const args = ['--disable-warning=ExperimentalWarning', main, ...words, ...flags]
        execFile(process.execPath, args, { maxBuffer: 2 ** 26 }, (error, out, err) => {
          resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err })
        })
      }),
  }
}
