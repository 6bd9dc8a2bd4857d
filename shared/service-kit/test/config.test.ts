import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  ConfigError,
  loadConfig,
  logSection,
  renderConfig,
  renderConfigDocs,
  secret,
  signerSection,
} from '../src/index.ts'

const schema = z.object({
  log: logSection,
  l1: z.object({
    rpcUrl: z.url().describe('L1 endpoint.'),
    confirmations: z.number().int().positive().default(3).describe('Blocks.'),
    token: secret(z.string(), 'Access token.').optional(),
  }),
  maxFeeWei: z.bigint().default(10n).describe('Cap in wei.'),
  enabled: z.boolean().default(false).describe('On or off.'),
  peers: z.array(z.string()).default([]).describe('Peers.'),
})
const directory = mkdtempSync(join(tmpdir(), 'crema-config-'))
const file = (name: string, text: string) => {
  const path = join(directory, name)
  writeFileSync(path, text)
  return path
}
const load = (argv: string[], env: Record<string, string> = {}) =>
  loadConfig({ service: 'proposer', schema, argv, env })
const issuesOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    if (error instanceof ConfigError) return error.details.issues.map((issue) => `${issue.where}: ${issue.message}`)
    throw error
  }
  throw new Error('accepted')
}

describe('loadConfig', () => {
  const url = 'http://localhost:1'

  it('prefers flags over environment over file over defaults', () => {
    const path = file('a.yaml', 'l1:\n  rpcUrl: http://file\n  confirmations: 7\nmaxFeeWei: 77\npeers: [a, b]\n')
    const all = load(['--config', path, '--l1.confirmations', '9'], {
      CREMA_PROPOSER_L1_CONFIRMATIONS: '8',
      CREMA_PROPOSER_ENABLED: 'yes',
    })
    expect(all.config).toEqual({
      log: { level: 'info', format: 'auto' },
      l1: { rpcUrl: 'http://file', confirmations: 9 },
      maxFeeWei: 77n,
      enabled: true,
      peers: ['a', 'b'],
    })
    expect(Object.fromEntries(all.sources)).toEqual({
      'l1.rpcUrl': 'file',
      'l1.confirmations': 'flag',
      maxFeeWei: 'file',
      enabled: 'env',
      peers: 'file',
    })
    const fromEnv = load([], { CREMA_PROPOSER_CONFIG: path, CREMA_PROPOSER_L1_CONFIRMATIONS: '8' })
    expect(fromEnv.config.l1.confirmations).toBe(8)
  })

  it('reads JSON files, repeated lists, bare booleans and large integers', () => {
    const path = file('b.json', JSON.stringify({ l1: { rpcUrl: url }, maxFeeWei: '123456789012345678901234567890' }))
    const { config } = load(['--config', path, '--peers', 'x,y', '--peers=z', '--enabled'])
    expect(config).toMatchObject({ maxFeeWei: 123456789012345678901234567890n, peers: ['x', 'y', 'z'], enabled: true })
  })

  it('lists every problem at once, with suggestions and the names to set', () => {
    const path = file('c.yaml', 'l1:\n  confirmatons: 1\nlogg: {}\n')
    const issues = issuesOf(() =>
      load(['--config', path, '--l1.confirmation', '4', '--max-fee-wei', 'lots'], {
        CREMA_PROPOSER_LOG_LEVLE: 'info',
        CREMA_RPC_X: '1',
      }),
    )
    expect(issues).toContain('--l1.confirmation: unknown, did you mean --l1.confirmations?')
    expect(issues).toContain('CREMA_PROPOSER_LOG_LEVLE: unknown, did you mean CREMA_PROPOSER_LOG_LEVEL?')
    expect(issues).toContain(`${path}: l1.confirmatons: unknown, did you mean l1.confirmations?`)
    expect(issues).toContain(`${path}: logg: unknown, did you mean log?`)
    expect(issues).toContain('l1.rpcUrl: is required: set --l1.rpc-url or CREMA_PROPOSER_L1_RPC_URL')
    expect(issues.some((text) => text.startsWith('--max-fee-wei: '))).toBe(true)
    expect(issues).toHaveLength(6)
  })

  it('refuses secrets on the command line and reads them from a file', () => {
    const issues = issuesOf(() => load(['--l1.rpc-url', url, '--l1.token', 'hunter2']))
    expect(issues).toEqual([
      '--l1.token: secrets are not taken from the command line, use CREMA_PROPOSER_L1_TOKEN or --l1.token-file',
    ])
    const { config } = load(['--l1.rpc-url', url, '--l1.token-file', file('token', 'hunter2\n')])
    expect(config.l1.token).toBe('hunter2')
    const missing = issuesOf(() => load(['--l1.rpc-url', url, '--l1.token-file', join(directory, 'none')]))
    expect(missing[0]).toMatch(/^--l1.token-file: cannot read .*ENOENT/)
  })

  it('lets a stronger source replace a secret whichever form it has, but not both in one source', () => {
    const path = file('tok', 'from-file')
    const { config } = load(['--l1.rpc-url', url, '--l1.token-file', path], { CREMA_PROPOSER_L1_TOKEN: 'from-env' })
    expect(config.l1.token).toBe('from-file')
    const both = { CREMA_PROPOSER_L1_TOKEN: 'a', CREMA_PROPOSER_L1_TOKEN_FILE: path }
    expect(issuesOf(() => load(['--l1.rpc-url', url], both))[0]).toMatch(/conflicts with/)
  })

  it.each([
    [['--l1.rpc-url'], '--l1.rpc-url: needs a value'],
    [
      ['--l1.rpc-url', url, '--l1.confirmations', '1', '--l1.confirmations', '2'],
      '--l1.confirmations: given more than once',
    ],
    [['--l1.rpc-url', url, 'extra'], 'extra: unexpected argument'],
    [['--l1.rpc-url', url, '--config', '/nonexistent/x'], '--config: cannot read /nonexistent/x: ENOENT'],
    [['--l1.rpc-url', url, '--config', file('d.yaml', '- a\n')], `${join(directory, 'd.yaml')}: must hold a mapping`],
  ])('refuses %j', (argv, message) => {
    expect(issuesOf(() => load(argv))).toContain(message)
  })
})

describe('rendering', () => {
  it('prints a configuration that can be loaded again, without the secrets', () => {
    const loaded = load(['--l1.rpc-url', 'http://x', '--max-fee-wei', '99999999999999999999'], {
      CREMA_PROPOSER_L1_TOKEN: 'hunter2',
    })
    const text = renderConfig(loaded)
    expect(text).not.toContain('hunter2')
    expect(text).toContain('token: "[redacted]"')
    const again = load(['--config', file('e.yaml', text)])
    expect(again.config).toEqual({ ...loaded.config, l1: { ...loaded.config.l1, token: '[redacted]' } })
  })

  it('documents every field', () => {
    const docs = renderConfigDocs('proposer', schema)
    expect(docs).toContain('| `--l1.rpc-url` | `CREMA_PROPOSER_L1_RPC_URL` | string | **required** | L1 endpoint. |')
    expect(docs).toContain('| `--max-fee-wei` | `CREMA_PROPOSER_MAX_FEE_WEI` | bigint | `"10"` | Cap in wei. |')
    expect(docs).toContain('| (never on the command line) | `CREMA_PROPOSER_L1_TOKEN` |')
    expect(docs).toContain('`--l1.token-file`')
    expect(docs).toContain('trace \\| debug')
  })
})

describe('signerSection', () => {
  const key = `0x${'11'.repeat(32)}`
  const withSigner = (env: Record<string, string>) =>
    loadConfig({ service: 'p', schema: z.object({ signer: signerSection }), argv: [], env })
  it('takes exactly one kind of key', () => {
    expect(withSigner({ CREMA_P_SIGNER_PRIVATE_KEY: key }).config.signer.privateKey).toBe(key)
    expect(issuesOf(() => withSigner({}))[0]).toMatch(/exactly one/)
    expect(issuesOf(() => withSigner({ CREMA_P_SIGNER_PRIVATE_KEY: key, CREMA_P_SIGNER_MNEMONIC: 'a b' }))[0]).toMatch(
      /exactly one/,
    )
    expect(issuesOf(() => withSigner({ CREMA_P_SIGNER_KEYSTORE: '/k' }))[0]).toMatch(/needs password/)
  })
  it('never repeats a bad secret', () => {
    const issues = issuesOf(() => withSigner({ CREMA_P_SIGNER_PRIVATE_KEY: 'deadbeef' }))
    expect(issues.join()).not.toContain('deadbeef')
  })
})
