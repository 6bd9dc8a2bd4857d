import { bytesToHex, type Hex, hexToBytes } from '@crema/protocol'
import { encodeFunctionData, parseAbi } from 'viem'
import type { StepRecord } from '../step-proofs/check-batch.ts'
import { withoutPadding } from '../step-proofs/encode-verify.ts'
import type { DeployedVerifier } from '../step-proofs/verifier.ts'
import { type Change, encodeChanges } from './changes.ts'

const abi = parseAbi([
  'function run(address verifier, bytes data, bytes32 expected, bytes changes) view returns (bytes)',
])
const GAS = '0xe8d4a51000'

/** What `verify` made of wrong proofs. */
export interface MutantOutcomes {
  readonly reverted: number
  /** Returned the right state: the change did not matter, such as one of padding. */
  readonly harmless: number
  /** Returned a wrong state. */
  readonly survivors: readonly Change[]
}

/** Calls `verify` with the record's proof under each change. */
export async function checkMutants(
  deployed: Pick<DeployedVerifier, 'rpc' | 'verifier' | 'mutants'>,
  { data, after }: StepRecord,
  changes: readonly Change[],
): Promise<MutantOutcomes> {
  const args = [
    deployed.verifier,
    bytesToHex(withoutPadding(data)),
    bytesToHex(after),
    bytesToHex(encodeChanges(changes)),
  ] as const
  const call = { to: deployed.mutants, data: encodeFunctionData({ abi, functionName: 'run', args }), gas: GAS }
  const returned = hexToBytes(await deployed.rpc.call<Hex>('eth_call', [call, 'latest']))
  // ABI: offset, length, then a byte for each change.
  const outcomes = returned.subarray(64, 64 + changes.length)
  let harmless = 0
  for (const outcome of outcomes) if (outcome === 1) harmless++
  const survivors = changes.filter((_, i) => outcomes[i] === 2)
  return { reverted: changes.length - harmless - survivors.length, harmless, survivors }
}
