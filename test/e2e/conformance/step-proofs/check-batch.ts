import { bytesToHex, type Hex, hexToBytes } from '@crema/protocol'
import { encodeFunctionData, parseAbi } from 'viem'
import { RpcCallError } from './rpc.ts'
import type { DeployedVerifier } from './verifier.ts'

/** What calls need of a deployment. */
type Verifier = Pick<DeployedVerifier, 'rpc' | 'verifier' | 'batch'>

const abi = parseAbi(['function run(address verifier, bytes records) view returns (bytes)'])
const GAS = '0xe8d4a51000'

/** One call of `verify` and what it must return. */
export interface StepRecord {
  /** For people: where the step is, and what it executes. */
  readonly name: string
  readonly op: string
  readonly data: Uint8Array
  readonly after: Uint8Array
}

/** What a call came to: whether it returned what it must, and its gas without calldata. */
export interface StepResult {
  readonly record: StepRecord
  readonly ok: boolean
  readonly gas: number
}

/** Executes the records on the verifier, in one call. */
export async function checkBatch(deployed: Verifier, records: readonly StepRecord[]): Promise<StepResult[]> {
  const packed = new Uint8Array(records.reduce((size, { data }) => size + 36 + data.length, 0))
  const view = new DataView(packed.buffer)
  let offset = 0
  for (const { data, after } of records) {
    view.setUint32(offset, data.length)
    packed.set(data, offset + 4)
    packed.set(after, offset + 4 + data.length)
    offset += 36 + data.length
  }
  const data = encodeFunctionData({ abi, functionName: 'run', args: [deployed.verifier, bytesToHex(packed)] })
  const returned = hexToBytes(
    await deployed.rpc.call<Hex>('eth_call', [{ to: deployed.batch, data, gas: GAS }, 'latest']),
  )
  // ABI: offset, length, then eight bytes for each record.
  const results = new DataView(returned.buffer, returned.byteOffset + 64)
  return records.map((record, i) => ({
    record,
    ok: results.getUint8(8 * i) === 1,
    gas: Number(results.getBigUint64(8 * i) & ((1n << 56n) - 1n)),
  }))
}

/** Why a step failed: what it returned, or the error it reverted with. */
export async function explainFailure(deployed: Verifier, { data, after }: StepRecord): Promise<string> {
  try {
    const call = { to: deployed.verifier, data: bytesToHex(data), gas: GAS }
    const returned = await deployed.rpc.call<Hex>('eth_call', [call, 'latest'])
    return `returned ${returned}, expected ${bytesToHex(after)}`
  } catch (error) {
    if (error instanceof RpcCallError) return `reverted: ${error.message} ${error.data ?? ''}`
    throw error
  }
}
