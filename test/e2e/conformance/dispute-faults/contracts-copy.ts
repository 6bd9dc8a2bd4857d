import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { foundryBinary } from '@crema/testing'

const root = path.resolve(import.meta.dirname, '../../../..')
/** A forge that takes longer hangs. */
const TIMEOUT_MS = 1_800_000
const OUTPUT_BYTES = 64 * 1024 * 1024

/** The tests that look for faults, as forge selects them. */
export const INVARIANTS = [
  '--match-path',
  'contracts/test/invariants/Dispute.invariants.t.sol',
  '--match-test',
  'invariant_',
]
export const UNIT_TESTS = ['--match-path', 'contracts/test/{dispute,assertion}/*.t.sol']

const copied = [
  'foundry.toml',
  'contracts/src',
  ...['dispute', 'assertion', 'utils', 'invariants'].map((name) => `contracts/test/${name}`),
]

/** Runs `use` with a directory that holds a copy of the contracts and of what tests their disputes. */
export function withContracts<T>(use: (directory: string) => T): T {
  const directory = mkdtempSync(path.join(tmpdir(), 'crema-dispute-faults-'))
  try {
    for (const name of ['node_modules', 'scripts', 'shared']) {
      symlinkSync(path.join(root, name), path.join(directory, name))
    }
    for (const name of copied) cpSync(path.join(root, name), path.join(directory, name), { recursive: true })
    return use(directory)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** First failure that forge reports for `tests`; undefined when all pass. Throws when none ran. */
export function firstFailure(directory: string, tests: readonly string[]): string | undefined {
  const env = {
    ...process.env,
    // A changed contract is compiled without all that deploys it.
    FOUNDRY_DYNAMIC_TEST_LINKING: 'true',
    // What is looked for is a failure, not the shortest way to it, and not that of the fault before.
    FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: '0',
  }
  rmSync(path.join(directory, 'cache'), { recursive: true, force: true })
  const { stdout, stderr, error } = spawnSync(foundryBinary('forge'), ['test', ...tests, '--fail-fast'], {
    cwd: directory,
    env,
    timeout: TIMEOUT_MS,
    maxBuffer: OUTPUT_BYTES,
    encoding: 'utf8',
  })
  if (error !== undefined) throw error
  const [, passed, failed] = /(\d+) tests passed, (\d+) failed/.exec(stdout) ?? []
  if (Number(passed) + Number(failed) > 0) return failed === '0' ? undefined : /\[FAIL[^\n]*/.exec(stdout)?.[0]
  throw new Error(`forge ran no test: ${stderr.slice(-400)}`)
}
