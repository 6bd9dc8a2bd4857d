import { hashWords } from './hash.ts'
import { tags } from './tags.ts'
import type { Address, Hash } from './types/hex.ts'

/** What an assertion's identifier commits to. Genesis: parent 0, epoch 0, target 0, the empty tree's root. */
export interface AssertionIdInput {
  readonly parentId: Hash
  readonly reopenEpoch: bigint | number
  /** {@link stateHash} of the end state. */
  readonly endStateHash: Hash
  readonly targetCount: bigint
  readonly inboxRoot: Hash
  readonly configHash: Hash
}

/** Identifier of an assertion. */
export function assertionId(input: AssertionIdInput): Hash {
  const { parentId, reopenEpoch, endStateHash, targetCount, inboxRoot, configHash } = input
  return hashWords(tags.assertion, parentId, reopenEpoch, endStateHash, targetCount, inboxRoot, configHash)
}

/** Rules that every assertion identifier pins. */
export interface AssertionConfig {
  readonly l1ChainId: bigint
  readonly inbox: Address
  readonly lane: bigint
  readonly disputeManager: Address
  /** Step verifier pinned by the parent; zero for genesis. */
  readonly verifier: Address
  /** Seconds. */
  readonly challengePeriod: bigint
  /** Seconds. */
  readonly gracePeriod: bigint
  /** Wei. */
  readonly stake: bigint
  readonly maxBlocks: bigint
  /** Gas after which an assertion ends. */
  readonly maxGas: bigint
  /** Seconds. */
  readonly minAssertionPeriod: bigint
}

/** Hash of the assertion chain's rules. */
export function configHash(config: AssertionConfig): Hash {
  return hashWords(
    tags.config,
    config.l1ChainId,
    config.inbox,
    config.lane,
    config.disputeManager,
    config.verifier,
    config.challengePeriod,
    config.gracePeriod,
    config.stake,
    config.maxBlocks,
    config.maxGas,
    config.minAssertionPeriod,
  )
}

/** Identifier of the bond that `owner` posts behind an assertion or a commitment. */
export function bondId(owner: Address, assertionId: Hash): Hash {
  return hashWords(tags.bond, owner, assertionId)
}
