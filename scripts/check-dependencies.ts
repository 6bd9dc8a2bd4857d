/** Checks who imports whom, after making sure that the check can fail: the canary must be reported. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

interface Report {
  readonly summary: {
    readonly totalCruised: number
    readonly violations: readonly {
      readonly rule: { readonly name: string }
      readonly from: string
      readonly to: string
    }[]
  }
}

function cruise(...folders: readonly string[]): Report['summary'] {
  const result = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'json',
      ...folders,
    ],
    { cwd: root, encoding: 'utf8', maxBuffer: 256 * 2 ** 20 },
  )
  if (result.stdout === '') throw new Error(result.stderr)
  return (JSON.parse(result.stdout) as Report).summary
}

const canary = cruise('scripts/canary')
if (!canary.violations.some(({ rule }) => rule.name === 'viem-places')) {
  console.error('the dependency check does not report its canary: it checks nothing')
  process.exit(1)
}
const { totalCruised, violations } = cruise('shared', 'services', 'test')
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} -> ${to}`)
if (totalCruised < 100 || violations.length > 0) {
  console.error(`dependencies: ${violations.length} violations in ${totalCruised} modules`)
  process.exit(1)
}
console.log(`dependencies: ${totalCruised} modules, no violation; the canary was reported`)
