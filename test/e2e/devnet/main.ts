/** `npm start`: a whole rollup on this machine. `--data-dir DIR` keeps it and goes on from there; Ctrl-C stops everything. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isFreePort, killAnvils, testAddress } from '@crema/testing'
import { parseLie } from '../support/evil-lie.ts'
import { printBanner } from './banner.ts'
import { roles } from './create-network.ts'
import { type Devnet, freePorts, startDevnet } from './devnet.ts'
import { followDisputes } from './follow-disputes.ts'
import { giveOccasion } from './give-occasion.ts'
import { followHeads } from './live-line.ts'
import { devnetParameters } from './parameters.ts'
import { killServices } from './service-process.ts'
import { EVIL_ACCOUNT, type EvilOptions, type NetworkPorts } from './service-specs.ts'

const help = `Usage: npm start -- [options]
  --data-dir DIR        keep the network in DIR and go on from there next time (default: a temporary folder)
  --rpc-port PORT       JSON-RPC of the rollup (default 8545)
  --l1-port PORT        JSON-RPC of L1 (default 8546)
  --sequencer-port PORT API of the sequencer (default 9750)
  --block-time MS       milliseconds between blocks (default ${devnetParameters.blockTimeMs}; 0: as soon as something waits)
  --evil-proposer[=LIE] somebody asserts a wrong state first; LIE is block:N, tx:N or step:N (default: the first transaction)
  --evil-challenger[=LIE] somebody puts a wrong state beside a right assertion
  --sybils N            so many lie at once, each with a stake of its own (default 1)
  --challenge-period S  seconds (default ${devnetParameters.challengePeriod}; fixed when the network is created)
`

const defaults = {
  'data-dir': { type: 'string' },
  'rpc-port': { type: 'string', default: '8545' },
  'l1-port': { type: 'string', default: '8546' },
  'sequencer-port': { type: 'string', default: '9750' },
  'block-time': { type: 'string', default: String(devnetParameters.blockTimeMs) },
  'challenge-period': { type: 'string', default: String(devnetParameters.challengePeriod) },
  'evil-proposer': { type: 'string' },
  'evil-challenger': { type: 'string' },
  sybils: { type: 'string', default: '1' },
  help: { type: 'boolean', default: false },
} as const

const values = readOptions()

/** The options; ends the process with the usage when they are off. */
function readOptions() {
  try {
    return parseArgs({ options: defaults, args: process.argv.slice(2).map(withLie) }).values
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${help}`)
    return process.exit(1)
  }
}

/** A lie may be left out. */
function withLie(argument: string): string {
  return argument === '--evil-proposer' || argument === '--evil-challenger' ? `${argument}=` : argument
}

/** Who lies, by the options. Throws for a lie that is none. */
function evil(): EvilOptions | undefined {
  const roles = (['proposer', 'challenger'] as const).filter((role) => values[`evil-${role}`] !== undefined)
  const [role] = roles
  if (role === undefined) return undefined
  if (roles.length > 1) throw new Error('--evil-proposer and --evil-challenger exclude one another')
  const lie = values[`evil-${role}`]!
  parseLie(lie)
  return { role, lie, players: Math.max(1, whole('sybils')) }
}

/** An option that must be a whole number; ends the process with a clear word otherwise. */
function whole(name: 'rpc-port' | 'l1-port' | 'sequencer-port' | 'block-time' | 'challenge-period' | 'sybils'): number {
  const value = Number(values[name])
  if (Number.isSafeInteger(value) && value >= 0) return value
  console.error(`--${name} must be a whole number, not ${values[name]}`)
  process.exit(1)
}

async function ports(): Promise<NetworkPorts> {
  for (const name of ['rpc-port', 'l1-port', 'sequencer-port'] as const) {
    if (!(await isFreePort(whole(name))))
      throw new Error(`port ${values[name]} is in use: choose another with --${name}`)
  }
  const free = await freePorts()
  const fixed = { l1: whole('l1-port'), rpc: whole('rpc-port'), sequencer: whole('sequencer-port') }
  return { ...free, ...fixed, faults: undefined }
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(help)
    return
  }
  const liar = evil()
  const kept = values['data-dir']
  const root = kept === undefined ? mkdtempSync(join(tmpdir(), 'crema-devnet-')) : resolve(kept)
  const started = performance.now()
  const stopping = new AbortController()
  let devnet: Devnet | undefined
  let asked = 0
  const onSignal = (): void => {
    // The first signal stops cleanly; a second does not wait.
    if (++asked > 1) {
      killServices()
      killAnvils()
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
      parameters: {
        blockTimeMs: whole('block-time'),
        challengePeriod: BigInt(whole('challenge-period')),
        challengerMode: 'full',
      },
      ports: await ports(),
      signal: stopping.signal,
      ...(liar === undefined ? {} : { evil: liar }),
      onStarted: (name) => console.log(`  ${name} up (${((performance.now() - started) / 1000).toFixed(1)} s)`),
    })
    await backGenesisBalances(devnet)
    printBanner(devnet)
    warnOfFixed(devnet)
    if (liar !== undefined) {
      await giveOccasion(devnet)
      console.log(storyOf(liar))
    }
    const told = { l1: devnet.anvil.client, config: devnet.config, names: namesOf(liar) }
    const follow = followDisputes(
      told,
      (line) => console.log(`${process.stdout.isTTY ? '\r\u001b[K' : ''}${line}`),
      stopping.signal,
    )
    await Promise.all([followHeads(devnet, stopping.signal), follow])
  } finally {
    await devnet?.stop()
    if (kept === undefined && asked > 0) rmSync(root, { recursive: true, force: true })
  }
}

/** Who is who in a dispute, by address in lower case. */
function namesOf(liar: EvilOptions | undefined): ReadonlyMap<string, string> {
  const liars = Array.from({ length: liar?.players ?? 0 }, (_, n): [number, string] => [
    EVIL_ACCOUNT + n,
    n === 0 ? 'the liar' : `liar ${n + 1}`,
  ])
  const honest: readonly [number, string][] = [
    [roles.proposer, 'the proposer'],
    [roles.challenger, 'the challenger'],
  ]
  return new Map([...honest, ...liars].map(([index, name]) => [testAddress(index).toLowerCase(), name]))
}

const storyOf = ({ role }: EvilOptions): string => `
  A transfer was sent, so that there is something to lie about. ${role === 'proposer' ? 'The liar asserts a wrong state after it; the challenger will contradict.' : 'The proposer asserts its state; the liar will put a wrong one beside it.'}
  The dispute narrows the first difference of two executions down to one step, which L1 executes itself. Proposer and challenger both play for the truth.
  The duel takes some seconds, the windows for others two challenge periods.
`

/** The accounts' ether on L2 was not deposited: the Portal gets as much, so that it can be withdrawn. */
async function backGenesisBalances({ anvil, config }: Devnet): Promise<void> {
  const address = config.l1Contracts.portal
  if ((await anvil.client.getBalance({ address })) > 0n) return
  const backing = Object.values(config.genesis.alloc).reduce((sum, { balance }) => sum + (balance ?? 0n), 0n)
  await anvil.client.request({
    method: 'anvil_setBalance' as never,
    params: [address, `0x${backing.toString(16)}`] as never,
  })
}

function warnOfFixed({ config }: Devnet): void {
  if (config.challengePeriod === BigInt(whole('challenge-period'))) return
  console.log(`  The challenge period stays ${config.challengePeriod} s: it was fixed when this network was created.\n`)
}

await main().catch((error: unknown) => {
  if (error instanceof Error && error.message === 'stopped while starting') return
  console.error(`devnet: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
})
