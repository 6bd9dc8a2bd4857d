import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Hex } from '@crema/protocol'
import { foundryBinary } from '@crema/testing'
import { type Abi, encodeDeployData } from 'viem'
import { startBareAnvil } from './anvil.ts'
import type { Rpc } from './rpc.ts'

const root = path.resolve(import.meta.dirname, '../../../..')

/** The parts of the verifier by their names in its constructor. */
export const PARTS = {
  alu: 'OspAlu',
  mem: 'OspMem',
  state: 'OspState',
  call: 'OspCall',
  create: 'OspCreate',
  precompile: 'OspPrecompile',
  txLoad: 'OspTxLoad',
  tx: 'OspTx',
  seal: 'OspSeal',
} as const

/** The real contracts on an anvil of their own. */
export interface DeployedVerifier {
  readonly url: string
  readonly rpc: Rpc
  readonly verifier: Hex
  readonly batch: Hex
  readonly mutants: Hex
  /** By their names in the verifier's constructor. */
  readonly parts: Readonly<Record<string, Hex>>
  stop(): void
}

/** The chain's constants, which OspSeal holds. */
export interface VerifierConfig {
  readonly chainId: bigint
  readonly portal: Hex
  readonly blockGasLimit: bigint
  readonly elasticity: bigint
  readonly denominator: bigint
  readonly minBaseFee: bigint
  readonly maxGas: bigint
  readonly maxBlocks: bigint
}

/** Compiles what is stale; once per process. */
export function buildContracts(): void {
  execFileSync(foundryBinary('forge'), ['build', 'contracts/src/step', 'contracts/test/step/harness'], {
    cwd: root,
    stdio: 'ignore',
  })
}

/** Starts anvil under Osaka's rules and deploys verifier, parts and batch as transactions. The contracts must be built. */
export async function deployVerifier(config: VerifierConfig): Promise<DeployedVerifier> {
  const { url, rpc, stop } = await startBareAnvil(['--gas-limit', '1000000000000'])
  const parts: Record<string, Hex> = {}
  for (const [part, name] of Object.entries(PARTS)) {
    parts[part] = await deploy(rpc, name, name === 'OspSeal' ? [config] : [])
  }
  const verifier = await deploy(rpc, 'StepVerifier', [parts])
  const batch = await deploy(rpc, 'StepBatch', [])
  const mutants = await deploy(rpc, 'StepMutants', [])
  return {
    url,
    rpc,
    verifier,
    batch,
    mutants,
    parts,
    stop,
  }
}

/** What forge makes of a contract. */
export interface Artifact {
  readonly abi: Abi
  readonly bytecode: { readonly object: Hex }
}

async function deploy(rpc: Rpc, name: string, args: readonly unknown[]): Promise<Hex> {
  return deployArtifact(rpc, name, readArtifact(name), args)
}

/** A contract as {@link buildContracts} compiled it. */
export function readArtifact(name: string): Artifact {
  return JSON.parse(readFileSync(path.join(root, `contracts/out/${name}.sol/${name}.json`), 'utf8')) as Artifact
}

/** Deploys a contract as a transaction; returns its address. Throws when its constructor fails or it is too large. */
export async function deployArtifact(
  rpc: Rpc,
  name: string,
  artifact: Artifact,
  args: readonly unknown[],
): Promise<Hex> {
  const data = encodeDeployData({ abi: artifact.abi, bytecode: artifact.bytecode.object, args })
  const from = await newSender(rpc)
  const hash = await rpc.call<Hex>('eth_sendTransaction', [{ from, data, gas: '0xf42400' }])
  const receipt = await receiptOf(rpc, hash)
  if (receipt.status !== '0x1') throw new Error(`${name} could not be deployed`)
  return receipt.contractAddress
}

/** A funded account for one transaction: threads that deploy at once do not take each other's nonces. */
async function newSender(rpc: Rpc): Promise<Hex> {
  const sender: Hex = `0x${randomBytes(20).toString('hex')}`
  await rpc.call('anvil_setBalance', [sender, '0xde0b6b3a7640000'])
  await rpc.call('anvil_impersonateAccount', [sender])
  return sender
}

interface DeployReceipt {
  readonly contractAddress: Hex
  readonly status: Hex
}

/** Anvil mines at once, but may answer before it has. */
async function receiptOf(rpc: Rpc, hash: Hex): Promise<DeployReceipt> {
  for (;;) {
    const receipt = await rpc.call<DeployReceipt | null>('eth_getTransactionReceipt', [hash])
    if (receipt !== null) return receipt
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
