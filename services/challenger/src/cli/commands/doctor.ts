import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTraceStore } from '@crema/chain-store'
import { reserveWei } from '@crema/dispute'
import {
  assertionChainAbi,
  checkL1Chain,
  createKnownVerifiers,
  createL1Client,
  type L1Client,
  readAssertion,
  reading,
  readL1Block,
  readNextVerifier,
  readVerifierInForce,
} from '@crema/l1'
import { rulesHash } from '@crema/node'
import { type Address, CremaError, decodeRollupConfig, type RollupConfig, stateHash } from '@crema/protocol'
import { createSigner } from '@crema/tx-manager'
import { formatEther } from 'viem'
import { type ChallengerConfig, reserveRules } from '../../config.ts'
import { CliError } from '../errors.ts'

/** One check: what was looked at, whether it is well, what was found. */
export interface Finding {
  readonly check: string
  readonly ok: boolean
  readonly found: string
}

/** Seconds that L1's head may be away from this machine's clock. */
const MAX_SKEW = 120
/** Blocks of L1 that a service may be behind its head. */
const MAX_BEHIND = 32n

/**
 * Checks all that disputes depend on: configuration, endpoints, deployment, key, funds, clocks, stores, the running service. Throws {@link CliError} `cli.unhealthy` with all
 * findings when one is not well.
 */
export async function doctor(config: ChallengerConfig): Promise<readonly Finding[]> {
  const l1 = createL1Client({ url: config.l1.rpcUrl })
  const findings: Finding[] = []
  const check = async (name: string, look: () => Promise<string> | string): Promise<void> => {
    try {
      findings.push({ check: name, ok: true, found: await look() })
    } catch (error) {
      const code = error instanceof CremaError ? `${error.code}: ` : ''
      findings.push({ check: name, ok: false, found: code + (error instanceof Error ? error.message : String(error)) })
    }
  }
  await check('rollup file', () => `lane ${rollupOf(config).l2.chainId}`)
  await check('L1 endpoint', async () => {
    await checkL1Chain(l1, rollupOf(config).l1ChainId)
    return `chain ${rollupOf(config).l1ChainId}, block ${(await headOf(l1)).number}`
  })
  for (const url of config.challenger.witnessUrls) {
    await check(`witness ${new URL(url).host}`, () => compareWitness(l1, url, rollupOf(config)))
  }
  await check('deployment', () => checkRules(l1, rollupOf(config)))
  await check('step verifier', () => checkVerifiers(l1, rollupOf(config)))
  await check('clock', async () => {
    const skew = Number((await headOf(l1)).timestamp) - Math.floor(Date.now() / 1_000)
    return must(Math.abs(skew) <= MAX_SKEW, `L1's head is ${skew} s from this machine's clock`)
  })
  await check('key and balance', () => checkKey(l1, config))
  await check('trace store', () => checkTraces(config))
  await check('service', () => checkService(l1, config))
  if (findings.every(({ ok }) => ok)) return findings
  const bad = findings.filter(({ ok }) => !ok).map(({ check: name }) => name)
  throw new CliError('cli.unhealthy', `not well: ${bad.join(', ')}`, { details: { findings } })
}

const rollupOf = ({ rollup }: ChallengerConfig): RollupConfig => decodeRollupConfig(readFileSync(rollup, 'utf8'))

function must(isWell: boolean, found: string): string {
  if (!isWell) throw new Error(found)
  return found
}

async function headOf(l1: L1Client) {
  const head = await readL1Block(l1, { tag: 'latest' })
  if (head === undefined) throw new Error('L1 has no latest block')
  return head
}

async function compareWitness(l1: L1Client, url: string, rollup: RollupConfig): Promise<string> {
  const witness = createL1Client({ url })
  await checkL1Chain(witness, rollup.l1ChainId)
  const [ours, theirs] = [await headOf(l1), await headOf(witness)]
  const number = ours.number < theirs.number ? ours.number : theirs.number
  const [own, seen] = await Promise.all([l1, witness].map((client) => readL1Block(client, { number })))
  return must(own?.hash === seen?.hash, `block ${number} is ${own?.hash} here and ${seen?.hash} there`)
}

async function checkRules(l1: L1Client, rollup: RollupConfig): Promise<string> {
  const { assertionChain: address } = rollup.l1Contracts
  const contract = { address, abi: assertionChainAbi } as const
  const id = await reading('genesisId', () => l1.readContract({ ...contract, functionName: 'genesisId' }))
  const genesis = await readAssertion(l1, address, id)
  must(genesis.stateHash === stateHash(rollup.genesisState), `genesis on L1 is ${genesis.stateHash}`)
  const rules = await reading('configHash', () => l1.readContract({ ...contract, functionName: 'configHash' }))
  const own = rulesHash(rollup, await readVerifierInForce(l1, rollup.l1Contracts.verifierSchedule))
  return must(rules === own, `rules on L1 are ${rules}, the configuration's are ${own}`)
}

/** The step verifier in force, and the one that waits, must be known to this version. */
async function checkVerifiers(l1: L1Client, rollup: RollupConfig): Promise<string> {
  const { verifierSchedule } = rollup.l1Contracts
  const verifiers = createKnownVerifiers(l1, rollup)
  const current = await readVerifierInForce(l1, verifierSchedule)
  const next = await readNextVerifier(l1, verifierSchedule)
  const known = async (verifier: Address) => `${verifier}, ${(await verifiers.isKnown(verifier)) ? 'known' : 'UNKNOWN'}`
  const after = next === undefined ? '' : `; from ${next.activeAt} on ${await known(next.verifier)}`
  const found = `${await known(current)}${after}`
  return must(!found.includes('UNKNOWN'), found)
}

async function checkKey(l1: L1Client, config: ChallengerConfig): Promise<string> {
  const { signer, challenger } = config
  if (signer === undefined) return must(challenger.mode === 'watch', `mode ${challenger.mode}, no key`)
  const { address } = createSigner(signer)
  const balance = await reading('eth_getBalance', () => l1.getBalance({ address }))
  const reserve = reserveWei(reserveRules(config), (await headOf(l1)).baseFee, 1)
  const asked = `the reserve for a duel is ${formatEther(reserve)}, a new stake ${formatEther(rollupOf(config).stake)} more`
  const found = `${address} has ${formatEther(balance)} ether, mode ${challenger.mode}; ${asked}`
  return must(balance >= reserve, found)
}

function checkTraces({ dataDir }: ChallengerConfig): string {
  const path = join(dataDir, 'traces.sqlite')
  if (!existsSync(path)) return 'none yet'
  try {
    const store = openTraceStore(path)
    const traces = store.traces()
    store.close()
    return `${traces.length} traces, ${traces.reduce((sum, { blocks }) => sum + blocks, 0)} blocks`
  } catch (error) {
    if (error instanceof CremaError && error.code === 'STORE_LOCKED') return 'held by the running service'
    throw error
  }
}

interface ServiceStatus {
  readonly node?: { readonly mode?: string; readonly l1?: { readonly current?: { readonly number?: string } } }
  readonly challenger?: { readonly lastError?: string }
  readonly disputes?: { readonly lastError?: string }
}

async function checkService(l1: L1Client, { health }: ChallengerConfig): Promise<string> {
  if (health.port === undefined || health.port === 0)
    return "not asked: give the service's --health.port; all other findings are of this command's own settings"
  const response = await fetch(`http://${health.host}:${health.port}/status`, { signal: AbortSignal.timeout(30_000) })
  const { node, challenger, disputes } = (await response.json()) as ServiceStatus
  const head = await headOf(l1)
  const behind = head.number - BigInt(node?.l1?.current?.number ?? 0)
  const error = challenger?.lastError ?? disputes?.lastError
  const found = `${node?.mode}, ${behind} L1 blocks behind${error === undefined ? '' : `, last error: ${error}`}`
  return must(node?.mode !== 'syncing' && behind <= MAX_BEHIND && error === undefined, found)
}
