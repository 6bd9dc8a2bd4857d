/** `npm run bench`: every figure as a ratio against a peer in the same run. `-- --only NAME` runs one part. Exits 1 when a target is missed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Devnet, startDevnet } from '../devnet/devnet.ts'
import { benchDisputes } from './disputes.ts'
import { benchExecution } from './execution.ts'
import { benchFootprint } from './footprint.ts'
import { benchL1Gas } from './l1-gas.ts'
import { benchLoad } from './load.ts'
import { benchMachine } from './machine.ts'
import type { Row } from './row.ts'
import { benchSync } from './sync.ts'

const { values } = parseArgs({ options: { only: { type: 'string' } } })

/** A network whose assertions may hold many full blocks: a challenge period of an hour, and the G_A that goes with it. */
async function onNetwork(use: (devnet: Devnet) => Promise<Row[]>): Promise<Row[]> {
  const root = mkdtempSync(join(tmpdir(), 'crema-bench-'))
  const devnet = await startDevnet({
    root,
    parameters: { challengePeriod: 3_600n, maxGasPerAssertion: 900_000_000n, assertionInterval: 30 },
  })
  try {
    return await use(devnet)
  } finally {
    await devnet.stop()
    rmSync(root, { recursive: true, force: true })
  }
}

const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
  execution: benchExecution,
  machine: benchMachine,
  disputes: benchDisputes,
  network: () =>
    onNetwork(async (devnet) => [
      ...(await benchLoad(devnet)),
      ...(await benchSync(devnet)),
      ...(await benchL1Gas(devnet)),
    ]),
  footprint: benchFootprint,
}

const chosen = Object.entries(parts).filter(([name]) => values.only === undefined || name === values.only)
if (chosen.length === 0) {
  console.error(`no part ${values.only}; there are ${Object.keys(parts).join(', ')}`)
  process.exit(1)
}
const rows: (Row & { readonly part: string })[] = []
for (const [part, run] of chosen) {
  console.error(`measuring ${part} …`)
  for (const measured of await run()) rows.push({ part, ...measured })
}

const number = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3))
console.table(
  Object.fromEntries(
    rows.map(({ name, value, unit, peer, ratio, target }) => [
      name,
      { value: `${number(value)} ${unit}`, peer: number(peer), ratio: number(ratio), target: target ?? '' },
    ]),
  ),
)
// A target of 0 is an upper bound (nothing lost); every other is a least ratio.
const missed = rows.filter(({ ratio, target }) => target !== undefined && (target === 0 ? ratio > 0 : ratio < target))
for (const { name, ratio, target } of missed) console.error(`missed: ${name}: ${ratio} against ${target}`)
console.log(JSON.stringify({ ok: missed.length === 0, rows }))
process.exitCode = missed.length === 0 ? 0 : 1
