import type { ReserveRules } from '@crema/dispute'
import type { L1Client } from '@crema/l1'
import type { OwnInboxRoots, RollupNode } from '@crema/node'
import type { Clock, Logger, Readiness } from '@crema/service-kit'
import type { IntentStore, TxManager } from '@crema/tx-manager'
import type { BondBook } from './bond-book.ts'
import type { RightLineReader } from './line.ts'
import type { ProposerMetrics } from './metrics.ts'
import type { VerifierCheck } from './verifier-check.ts'

/** What a proposer is made of. */
export interface ProposerPorts {
  readonly node: RollupNode
  readonly l1: L1Client
  readonly tx: Pick<TxManager, 'address' | 'send'>
  readonly intents: Pick<IntentStore, 'get'>
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: ProposerMetrics
  /** Part `stake` is not ready while an assertion cannot be paid for, part `verifier` while the step verifier in force is unknown. */
  readonly readiness: Pick<Readiness, 'ready' | 'notReady'>
  readonly settings: ProposerSettings
}

/** What its steps share. */
export interface ProposerDependencies extends ProposerPorts {
  readonly inboxRoots: OwnInboxRoots
  readonly bonds: BondBook
  readonly line: RightLineReader
  readonly verifiers: VerifierCheck
}

export interface ProposerSettings extends ReserveRules {
  readonly head: 'finalized' | 'safe'
  readonly intervalSeconds: bigint
  readonly pollMs: number
  /** Milliseconds after which a transaction that L1 did not take is given up and decided anew. */
  readonly giveUpMs: number
  /** Most milliseconds between looks at the own bonds while the proposer does nothing itself. */
  readonly bondsPollMs: number
}

/** Outcome of one look, for logs, status and metrics. */
export type ProposerStep =
  | { readonly did: 'nothing'; readonly why: string }
  | { readonly did: 'failed'; readonly what: string; readonly why: string }
  | {
      readonly did: 'fixed-target' | 'proposed' | 'confirmed' | 'relisted' | 'released' | 'claimed'
      readonly what: string
    }

/** The step that did nothing, and why. */
export const nothing = (why: string): ProposerStep => ({ did: 'nothing', why })

/** Whether a step changed something on L1. */
export const isAction = ({ did }: ProposerStep): boolean => did !== 'nothing' && did !== 'failed'
