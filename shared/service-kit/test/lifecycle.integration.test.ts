import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('./fixtures/service.ts', import.meta.url))

/** Runs the fixture service in a mode and collects what it prints. */
function run(mode: string, ...argv: string[]) {
  const child: ChildProcess = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...argv], {
    env: { PATH: process.env.PATH, CREMA_FIXTURE_MODE: mode },
  })
  let text = ''
  const collect = (chunk: Buffer) => {
    text += chunk
  }
  child.stdout!.on('data', collect)
  child.stderr!.on('data', collect)
  const exit = once(child, 'close').then(([code]) => code as number)
  const until = async (part: string) => {
    while (!text.includes(part)) await once(child.stdout!, 'data')
  }
  return { child, exit, until, text: () => text }
}

it('stops cleanly on the first signal, closing last opened first', async () => {
  const service = run('serve')
  await service.until('started')
  service.child.kill('SIGTERM')
  expect(await service.exit).toBe(0)
  const order = ['stopping', 'signal seen', 'closed second', 'closed first'].map((word) => service.text().indexOf(word))
  expect(order.every((at) => at >= 0)).toBe(true)
  expect(order).toEqual([...order].sort((a, b) => a - b))
})

it('exits at once on the second signal', async () => {
  const service = run('hang')
  await service.until('started')
  service.child.kill('SIGINT')
  await service.until('stopping')
  service.child.kill('SIGINT')
  expect(await service.exit).toBe(1)
  expect(service.text()).toContain('second signal')
})

it('gives up closing after the grace time', async () => {
  const service = run('hang')
  await service.until('started')
  service.child.kill('SIGTERM')
  expect(await service.exit).toBe(1)
  expect(service.text()).toContain('not closed in time')
})

it.each([
  ['throw', 1, 'plain failure'],
  ['throw-retryable', 75, 'try later'],
  ['uncaught', 1, 'from a timer'],
  ['rejection', 1, 'nobody waits'],
  ['fail-retryable', 75, 'try later'],
])('%s exits with %d and logs it', async (mode, code, message) => {
  const service = run(mode)
  expect(await service.exit).toBe(code)
  expect(service.text()).toContain(message)
  expect(service.text()).toContain('closed first')
})

it('cycles the log level on SIGUSR2', async () => {
  const service = run('serve')
  await service.until('started')
  service.child.kill('SIGUSR2')
  await service.until('"level":"debug","')
  service.child.kill('SIGTERM')
  expect(await service.exit).toBe(0)
})

it('answers help, version and config commands without running, and reports a bad configuration with 1', async () => {
  const answers = [
    [['--help'], 0, '--mode'],
    [['--version'], 0, 'fixture 1.2.3'],
    [['config', 'print'], 0, 'mode: serve'],
    [['config', 'docs'], 0, '| `--mode` |'],
    [['--moed', 'x'], 1, 'did you mean --mode?'],
    [['confg'], 1, 'unknown command'],
  ] as const
  for (const [argv, code, part] of answers) {
    const service = run('serve', ...argv)
    expect(await service.exit).toBe(code)
    expect(service.text()).toContain(part)
  }
})
