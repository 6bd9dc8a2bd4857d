import { expect, it } from 'vitest'
import { isCommand, runCommand } from '../../src/cli/run-command.ts'

async function run(...argv: string[]) {
  let out = ''
  let err = ''
  const code = await runCommand(argv, {}, { out: (text) => (out += text), err: (text) => (err += text) })
  return { code, out, err }
}
const required = ['--rollup', 'missing.json', '--data-dir', 'data', '--l1.rpc-url', 'http://127.0.0.1:1']

it('knows its commands from the flags and words of the service', () => {
  expect(isCommand('explain')).toBe(true)
  for (const word of ['config', '--help', undefined]) expect(isCommand(word)).toBe(false)
})

it('lists all commands', async () => {
  const { code, out } = await run('doctor', '--help')
  expect(code).toBe(0)
  for (const name of ['list-assertions', 'show-duel OLDER NEWER', 'credits ADDRESS', 'explain ID', 'doctor']) {
    expect(out).toContain(name)
  }
})

it.each([
  [['explain'], 'cli.usage', /explain ID/],
  [['list', ...required], 'cli.usage', /no command list; there are: list-assertions, /],
  [['toString'], 'cli.usage', /no command toString/],
  [['explain', '0x12', ...required], 'cli.usage', /64 hex digits/],
  [['credits', `0x${'11'.repeat(32)}`, ...required], 'cli.usage', /40 hex digits/],
  [['clocks', '--rollup', 'x'], 'config', /dataDir: is required/],
  [['clocks', ...required, '--no-such-flag', '1'], 'config', /no-such-flag/],
])('%j is refused with %s', async (argv, code, message) => {
  const { out, err, ...rest } = await run(...argv, '--json')
  expect(rest.code).toBe(1)
  expect(out).toBe('')
  const { error } = JSON.parse(err)
  expect(error).toMatchObject({ code, retryable: false })
  expect(error.message).toMatch(message)
})

it('says in text what it says in JSON', async () => {
  const { err } = await run('explain', '0x12', ...required)
  expect(err).toBe(
    'challenger: ID must be 0x and 64 hex digits, or the first 8 or more of them (cli.usage)\ngiven: 0x12\n',
  )
})

it('tells by the doctor everything that is not well, not only the first', async () => {
  const { code, err } = await run('doctor', ...required, '--json')
  expect(code).toBe(1)
  const { error } = JSON.parse(err)
  expect(error.code).toBe('cli.unhealthy')
  const bad = error.details.findings
    .filter(({ ok }: { ok: boolean }) => !ok)
    .map(({ check }: { check: string }) => check)
  expect(bad).toEqual(expect.arrayContaining(['rollup file', 'L1 endpoint', 'deployment', 'clock']))
})
