import type { L1Client } from '@crema/l1'
import type { RollupNode } from '@crema/node'
import type { Address } from '@crema/protocol'
import type { Clock, Logger } from '@crema/service-kit'
import type { IntentStore, TxManager } from '@crema/tx-manager'

/** What the proposer works with. */
export interface ProposerDependencies {
  readonly node: RollupNode
  readonly l1: L1Client
  readonly tx: TxManager
  readonly intents: Pick<IntentStore, 'get'>
  readonly clock: Clock
  readonly logger: Logger
  readonly settings: ProposerSettings
}

export interface ProposerSettings {
  readonly head: 'finalized' | 'safe'
  readonly intervalSeconds: bigint
  readonly pollMs: number
}

/** Outcome of one look, for logs, status and metrics. */
export type ProposerStep =
  | { readonly did: 'nothing'; readonly why: string }
  | { readonly did: 'fixed-target' | 'proposed' | 'confirmed' | 'released' | 'claimed'; readonly what: string }

/** Contract addresses the proposer writes to. */
export interface ProposerContracts {
  readonly assertionChain: Address
  readonly bondVault: Address
  readonly inbox: Address
}
