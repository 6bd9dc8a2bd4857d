import { ConfigError, loadConfig } from '@crema/service-kit'
import { expect, it } from 'vitest'
import { challengerConfig, etherToWei } from '../src/config.ts'

const required = ['--rollup', 'rollup.json', '--data-dir', 'data', '--l1.rpc-url', 'http://127.0.0.1:1']
const load = (flags: readonly string[], env: Record<string, string> = {}) =>
  loadConfig({ service: 'challenger', schema: challengerConfig, argv: [...required, ...flags], env }).config
const key = { CREMA_CHALLENGER_SIGNER_PRIVATE_KEY: `0x${'11'.repeat(32)}` }

it('watches without a key', () => {
  expect(load([])).toMatchObject({ challenger: { mode: 'watch' } })
  expect(load([]).signer).toBeUndefined()
})

it.each(['defend', 'resolve', 'full'])('refuses mode %s without a key, and takes it with one', (mode) => {
  expect(() => load(['--challenger.mode', mode])).toThrow(/needs a key/)
  expect(load(['--challenger.mode', mode], key).signer?.privateKey).toBe(key.CREMA_CHALLENGER_SIGNER_PRIVATE_KEY)
})

it('refuses a mode that there is not, and a bound below zero', () => {
  expect(() => load(['--challenger.mode', 'attack'], key)).toThrow(ConfigError)
  expect(() => load(['--challenger.max-stake-ether', '-1'])).toThrow(ConfigError)
})

it('takes amounts of ether exactly to a gwei', () => {
  expect(etherToWei(0.1)).toBe(10n ** 17n)
  expect(etherToWei(2.000000001)).toBe(2_000_000_001n * 10n ** 9n)
})
