import type { Hash } from '@crema/protocol'
import type { Devnet } from '../devnet/devnet.ts'
import type { Clients } from '../support/clients.ts'

/** What the steps of the walk hand on to one another. */
export interface Journey {
  readonly devnet: Devnet
  readonly clients: Clients
  /** Facts found on the way, printed in the summary. */
  readonly facts: Record<string, unknown>
  transaction?: Hash
  l2BlockNumber?: bigint
  leafIndex?: bigint
  assertion?: Hash
  withdrawal?: Hash
}

/** One step: a title for people, and what must hold. */
export interface Step {
  readonly title: string
  run(journey: Journey): Promise<string>
}
