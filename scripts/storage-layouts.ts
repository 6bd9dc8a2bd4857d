/**
 * Writes the storage layout of every deployed contract to contracts/snapshots/storage. `--check` writes nothing and fails when a committed
 * layout differs: a moved slot breaks the state transition, which writes L1Block's, and every tool that reads slots.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { foundryBinary } from '../shared/testing/src/foundry-binary.ts'

interface Layout {
  readonly storage: readonly { label: string; slot: string; offset: number; type: string }[]
  readonly types: Readonly<Record<string, { label: string; numberOfBytes: string; members?: Layout['storage'] }>> | null
}

const root = join(import.meta.dirname, '..')
const artifacts = join(root, 'contracts/out')
const target = join(root, 'contracts/snapshots/storage')
const contracts = [
  ...[
    'CommitteeRegistry',
    'LaneRegistry',
    'Inbox',
    'AssertionChain',
    'BondVault',
    'GuardianPause',
    'Portal',
    'GameFacade',
    'DisputeManager',
    'VerifierSchedule',
  ],
  ...['L1Block', 'L2ToL1MessagePasser', 'GasPriceOracle', 'SequencerFeeVault', 'BaseFeeVault', 'WETH9'],
]

/** Type names without the compiler's node numbers, which change with any edit anywhere. */
const stable = (type: string): string => type.replace(/\)\d+/g, ')')

function members(storage: Layout['storage']): unknown[] {
  return storage.map(({ label, slot, offset, type }) => ({ label, slot: Number(slot), offset, type: stable(type) }))
}

function layoutOf(name: string): string {
  const artifact = readFileSync(join(artifacts, `${name}.sol`, `${name}.json`), 'utf8')
  const layout = (JSON.parse(artifact) as { storageLayout?: Layout }).storageLayout
  if (layout === undefined) throw new Error(`${name} was built without its layout: remove contracts/cache`)
  const structs = Object.entries(layout.types ?? {})
    .filter(([, type]) => type.members !== undefined)
    .map(([type, { numberOfBytes, members: inner }]) => [
      stable(type),
      { bytes: Number(numberOfBytes), members: members(inner!) },
    ])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
  return `${JSON.stringify({ storage: members(layout.storage), structs: Object.fromEntries(structs) }, null, 2)}\n`
}

execFileSync(foundryBinary('forge'), ['build', '--skip', 'test', '--skip', 'script'], { cwd: root, stdio: 'pipe' })
const check = process.argv.includes('--check')
const stale: string[] = []
if (!check) mkdirSync(target, { recursive: true })
for (const name of contracts) {
  const path = join(target, `${name}.json`)
  const text = layoutOf(name)
  if (!check) writeFileSync(path, text)
  else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) stale.push(name)
}
if (stale.length > 0) {
  console.error(`storage layouts changed: ${stale.join(', ')}; if that is meant, run scripts/storage-layouts.ts`)
  process.exitCode = 1
}
