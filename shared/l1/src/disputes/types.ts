import type { Address, BlockState, Hash } from '@crema/protocol'
import type { Credit } from './ids.ts'

/** Fate of an assertion as `IAssertionChain.fate` numbers it. */
export const fates = ['none', 'pending', 'confirmed', 'lost', 'refunded'] as const
export type Fate = (typeof fates)[number]

export const commitmentStatuses = ['none', 'alive', 'eliminated', 'resolved'] as const
export type CommitmentStatus = (typeof commitmentStatuses)[number]

export const duelStatuses = ['none', 'running', 'over'] as const
export type DuelStatus = (typeof duelStatuses)[number]

/** Side of a duel: the commitment that joined first (0), or later (1), which moves first. */
export type Side = 0 | 1
export const OLDER = 0
export const NEWER = 1

/** A child of the parent in the dispute's epoch. */
export interface DisputedAssertion {
  readonly id: Hash
  readonly proposer: Address
  readonly end: BlockState
  readonly bondId: Hash
  /** Whether it was the first child, which has no commitment of its own. */
  readonly isFirst: boolean
  /** What its parent makes of it. */
  readonly fate: Fate
  /** Whether that fate is written down. */
  readonly isMarked: boolean
  readonly aliveCommitments: bigint
}

/** A committed trace, as the contract stores it. Times in seconds. */
export interface DisputeCommitment {
  readonly id: Hash
  readonly assertionId: Hash
  readonly traceRoot: Hash
  readonly bondId: Hash
  readonly staker: Address
  readonly joinedAt: bigint
  /** Seconds on its clock in every duel. */
  readonly remaining: bigint
  /** From 1; newer = larger. */
  readonly joinIndex: number
  readonly status: CommitmentStatus
  /** Whether it lost a duel; stays true once it is resolved. */
  readonly wasEliminated: boolean
  readonly joinPaid: boolean
  /** Wei for joining. */
  readonly joinCredit: bigint
}

/** A pair of commitments, started or not, as the contract stores it; all zero while it never started. Times in seconds. */
export interface DisputeDuel {
  readonly id: Hash
  /** Commitment that joined first. */
  readonly older: Hash
  readonly newer: Hash
  readonly status: DuelStatus
  readonly opened: Hash
  readonly unopened: Hash
  readonly agreedState: Hash
  readonly levelRoot: Hash
  readonly ledger: Hash
  /** Seconds left to the older and the newer side. */
  readonly clocks: readonly [bigint, bigint]
  /** Since when the clock of the side to move runs. */
  readonly last: bigint
  readonly pos: bigint
  readonly depth: number
  readonly turn: Side
  readonly isCollected: boolean
  /** Children of `opened` that the last move published; undefined when no event that fits the stored duel was read. Not checked to fold. */
  readonly children: readonly Hash[] | undefined
  /** All moves' credits, in order; undefined unless they lead to `ledger`. */
  readonly credits: readonly Credit[] | undefined
}

/** Everything about the children of one parent in one epoch, at one L1 block. */
export interface DisputeState {
  readonly id: Hash
  readonly parentId: Hash
  readonly reopenEpoch: number
  /** The L1 block that all of it was read at. Timestamp in seconds. */
  readonly block: { readonly number: bigint; readonly hash: Hash; readonly timestamp: bigint }
  readonly contracts: {
    /** Seconds. */
    readonly challengePeriod: bigint
    /** Seconds. */
    readonly gracePeriod: bigint
    /** Wei. */
    readonly stake: bigint
    /** Seconds; 0 or past while no pause is in force. */
    readonly pausedUntil: bigint
    readonly latestConfirmed: Hash
  }
  readonly parent: {
    readonly fate: Fate
    readonly l2BlockNumber: bigint
    readonly inboxCount: bigint
    readonly stateHash: Hash
    /** Hash of the state that a child's trace begins with: its end, status BLOCK_END, no gas. */
    readonly startHash: Hash
    readonly targetCount: bigint
    readonly targetRoot: Hash
    /** Its epoch now; children of an earlier one are lost or refunded. */
    readonly currentEpoch: number
    /** Of the current epoch; 0 without one. Seconds. */
    readonly firstChildAt: bigint
    /** Of the current epoch; 0 without one. Seconds. */
    readonly firstRivalAt: bigint
    readonly firstChildId: Hash
    /** Step verifier pinned for the current epoch. */
    readonly verifier: Address
  }
  readonly assertions: readonly DisputedAssertion[]
  readonly commitments: readonly DisputeCommitment[]
  readonly duels: readonly DisputeDuel[]
  /** Commitments that joined, by the contract: more than `commitments` when events are missing. */
  readonly joins: number
  readonly aliveAssertions: number
  /** Seconds; 0 without one. */
  readonly lastEliminationAt: bigint
  /** Wei in the pot. */
  readonly pot: bigint
}

/** What an account has at stake and is owed. */
export interface AccountStakes {
  /** Wei that may be claimed. */
  readonly credit: bigint
  readonly bonds: readonly OwnBond[]
}

export interface OwnBond {
  readonly id: Hash
  readonly owner: Address
  readonly status: 'none' | 'active' | 'released' | 'slashed'
  /** Wei. */
  readonly amount: bigint
  /** Assertion that it backs last. */
  readonly assertionId: Hash
  readonly assertionFate: Fate
  /** Commitments it backs that are not resolved. */
  readonly commitments: number
  readonly strikes: number
}
