/** `npm start`: a whole rollup on this machine. `--data-dir DIR` keeps it and goes on from there; Ctrl-C stops everything. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { printBanner } from './banner.ts'
import { type Devnet, freePorts, startDevnet } from './devnet.ts'
import { followHeads } from './live-line.ts'
import { devnetParameters } from './parameters.ts'
import type { NetworkPorts } from './service-specs.ts'

const help = `Usage: npm start -- [options]
  --data-dir DIR        keep the network in DIR and go on from there next time (default: a temporary folder)
  --rpc-port PORT       JSON-RPC of the rollup (default 8545)
  --l1-port PORT        JSON-RPC of L1 (default 8546)
  --sequencer-port PORT API of the sequencer (default 9750)
  --block-time MS       milliseconds between blocks (default ${devnetParameters.blockTimeMs}; 0: as soon as something waits)
  --challenge-period S  seconds (default ${devnetParameters.challengePeriod}; fixed when the network is created)
`

const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string' },
    'rpc-port': { type: 'string', default: '8545' },
    'l1-port': { type: 'string', default: '8546' },
    'sequencer-port': { type: 'string', default: '9750' },
    'block-time': { type: 'string', default: String(devnetParameters.blockTimeMs) },
    'challenge-period': { type: 'string', default: String(devnetParameters.challengePeriod) },
    help: { type: 'boolean', default: false },
  },
})

/** An option that must be a whole number; ends the process with a clear word otherwise. */
function whole(name: 'rpc-port' | 'l1-port' | 'sequencer-port' | 'block-time' | 'challenge-period'): number {
  const value = Number(values[name])
  if (Number.isSafeInteger(value) && value >= 0) return value
  console.error(`--${name} must be a whole number, not ${values[name]}`)
  process.exit(1)
}

async function ports(): Promise<NetworkPorts> {
  const free = await freePorts()
  const fixed = { l1: whole('l1-port'), rpc: whole('rpc-port'), sequencer: whole('sequencer-port') }
  return { ...free, ...fixed, faults: undefined }
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(help)
    return
  }
  const kept = values['data-dir']
  const root = kept === undefined ? mkdtempSync(join(tmpdir(), 'crema-devnet-')) : resolve(kept)
  const started = performance.now()
  const stopping = new AbortController()
  let devnet: Devnet | undefined
  let asked = 0
  const onSignal = (): void => {
    // The first signal stops cleanly; a second does not wait.
    if (++asked > 1) {
      devnet?.killAll()
      process.exit(1)
    }
    console.log('\nstopping …')
    stopping.abort()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  process.on('SIGHUP', onSignal)
  try {
    devnet = await startDevnet({
      root,
      parameters: { blockTimeMs: whole('block-time'), challengePeriod: BigInt(whole('challenge-period')) },
      ports: await ports(),
      onStarted: (name) => console.log(`  ${name} up (${((performance.now() - started) / 1000).toFixed(1)} s)`),
    })
    printBanner(devnet)
    await followHeads(devnet, stopping.signal)
  } finally {
    await devnet?.stop()
    if (kept === undefined && asked > 0) rmSync(root, { recursive: true, force: true })
  }
}

await main().catch((error: unknown) => {
  console.error(`devnet: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
})
