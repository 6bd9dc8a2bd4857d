import type { Address, BlockState, Hash, Hex } from '@crema/protocol'
import { encodeFunctionData } from 'viem'
import { assertionChainAbi } from '../generated/AssertionChain.ts'
import { bondVaultAbi } from '../generated/BondVault.ts'
import { disputeManagerAbi } from '../generated/DisputeManager.ts'
import type { DisputeContracts } from './contracts.ts'
import type { Credit } from './ids.ts'

/** Proof that a trace ends in the assertion's end. */
export interface LastLeafProofArgs {
  readonly segmentsRoot: Hash
  readonly siblings: readonly Hash[]
}

/** `LeafOpening` of docs/protocol/disputes.md. */
export interface LeafOpeningArgs {
  readonly stateAfter: Hash
  readonly subRoot: Hash
  readonly lastStepsRoot: Hash
  readonly lastSiblings: readonly Hash[]
  readonly prevState: Hash
  readonly prevSubRoot: Hash
  readonly prevSiblings: readonly Hash[]
}

/** `PreviousStep` of docs/protocol/disputes.md; zero and none where it is not needed. */
export interface PreviousStepArgs {
  readonly state: Hash
  readonly siblings: readonly Hash[]
}

interface Pair {
  readonly older: Hash
  readonly newer: Hash
}

/** Every call of a dispute with its arguments. `bondId` zero: a new bond of `stakeWei`. */
export type DisputeCall =
  | {
      readonly kind: 'rival'
      readonly expectedId: Hash
      readonly parentId: Hash
      readonly end: BlockState
      readonly traceRoot: Hash
      readonly proof: LastLeafProofArgs
      readonly bondId: Hash
      readonly stakeWei: bigint
    }
  | {
      readonly kind: 'commit'
      readonly assertionId: Hash
      readonly traceRoot: Hash
      readonly proof: LastLeafProofArgs
      readonly bondId: Hash
      readonly stakeWei: bigint
    }
  | ({ readonly kind: 'startDuel'; readonly rootChildren: readonly Hash[] } & Pair)
  | ({
      readonly kind: 'reveal'
      readonly mine: readonly Hash[]
      readonly theirsSuffix: readonly Hash[]
      readonly grand: readonly Hash[]
      readonly leaf: readonly LeafOpeningArgs[]
    } & Pair)
  | ({
      readonly kind: 'prove'
      readonly mine: readonly Hash[]
      readonly theirsSuffix: readonly Hash[]
      readonly previous: PreviousStepArgs
      readonly stepProof: Hex
    } & Pair)
  | ({ readonly kind: 'timeout' } & Pair)
  | { readonly kind: 'settle'; readonly assertionId: Hash; readonly end: BlockState }
  | { readonly kind: 'reopen'; readonly parentId: Hash }
  | { readonly kind: 'markOrphan'; readonly assertionId: Hash }
  | { readonly kind: 'resolve'; readonly commitmentId: Hash }
  | ({ readonly kind: 'collect'; readonly credits: readonly Credit[] } & Pair)
  | { readonly kind: 'collectJoin'; readonly commitmentId: Hash }
  | { readonly kind: 'release'; readonly bondId: Hash }
  | { readonly kind: 'claim'; readonly to: Address }

export type DisputeCallKind = DisputeCall['kind']

/** A transaction's target, calldata and wei. */
export interface EncodedCall {
  readonly to: Address
  readonly data: Hex
  readonly valueWei: bigint
}

type Sixteen = readonly [Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex, Hex]
const sixteen = (nodes: readonly Hash[]) => nodes as unknown as Sixteen

/** Encodes a call for the contract that takes it. */
export function encodeDisputeCall(contracts: DisputeContracts, call: DisputeCall): EncodedCall {
  const valueWei = 'stakeWei' in call ? call.stakeWei : 0n
  return { ...encode(contracts, call), valueWei }
}

function encode(contracts: DisputeContracts, call: DisputeCall): Omit<EncodedCall, 'valueWei'> {
  const manager = (data: Hex) => ({ to: contracts.disputeManager, data })
  const chain = (data: Hex) => ({ to: contracts.assertionChain, data })
  const vault = (data: Hex) => ({ to: contracts.bondVault, data })
  switch (call.kind) {
    case 'rival': {
      const { expectedId, parentId, end, traceRoot, proof, bondId } = call
      const args = [expectedId, parentId, end, traceRoot, proof, bondId] as const
      return chain(encodeFunctionData({ abi: assertionChainAbi, functionName: 'proposeRival', args }))
    }
    case 'commit': {
      const args = [call.assertionId, call.traceRoot, call.proof, call.bondId] as const
      return manager(encodeFunctionData({ abi: disputeManagerAbi, functionName: 'commit', args }))
    }
    case 'startDuel': {
      const args = [call.older, call.newer, sixteen(call.rootChildren)] as const
      return manager(encodeFunctionData({ abi: disputeManagerAbi, functionName: 'startDuel', args }))
    }
    case 'reveal': {
      const { older, newer, mine, theirsSuffix, grand, leaf } = call
      const args = [older, newer, sixteen(mine), theirsSuffix, sixteen(grand), leaf] as const
      return manager(encodeFunctionData({ abi: disputeManagerAbi, functionName: 'reveal', args }))
    }
    case 'prove': {
      const { older, newer, mine, theirsSuffix, previous, stepProof } = call
      const args = [older, newer, sixteen(mine), theirsSuffix, previous, stepProof] as const
      return manager(encodeFunctionData({ abi: disputeManagerAbi, functionName: 'prove', args }))
    }
    case 'timeout':
      return manager(
        encodeFunctionData({ abi: disputeManagerAbi, functionName: 'timeout', args: [call.older, call.newer] }),
      )
    case 'settle':
      return chain(
        encodeFunctionData({ abi: assertionChainAbi, functionName: 'settle', args: [call.assertionId, call.end] }),
      )
    case 'reopen':
      return chain(encodeFunctionData({ abi: assertionChainAbi, functionName: 'reopen', args: [call.parentId] }))
    case 'markOrphan':
      return chain(encodeFunctionData({ abi: assertionChainAbi, functionName: 'markOrphan', args: [call.assertionId] }))
    case 'resolve':
      return manager(encodeFunctionData({ abi: disputeManagerAbi, functionName: 'resolve', args: [call.commitmentId] }))
    case 'collect': {
      const args = [call.older, call.newer, call.credits] as const
      return manager(encodeFunctionData({ abi: disputeManagerAbi, functionName: 'collect', args }))
    }
    case 'collectJoin':
      return manager(
        encodeFunctionData({ abi: disputeManagerAbi, functionName: 'collectJoin', args: [call.commitmentId] }),
      )
    case 'release':
      return vault(encodeFunctionData({ abi: bondVaultAbi, functionName: 'release', args: [call.bondId] }))
    case 'claim':
      return vault(encodeFunctionData({ abi: bondVaultAbi, functionName: 'claim', args: [call.to] }))
    default:
      return call satisfies never
  }
}
