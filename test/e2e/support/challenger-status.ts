import type { Hash } from '@crema/protocol'
import type { Devnet } from '../devnet/devnet.ts'
import { serviceStatus } from './service-status.ts'

/** A judgement as the challenger's /status and its log tell it. Integers are decimal strings. */
export interface ReportedJudgement {
  readonly id: Hash
  readonly parentId: Hash
  readonly number: string
  readonly verdict: 'agree' | 'disagree' | 'unknown' | 'orphan'
  readonly reason?: 'wrong-end' | 'wrong-state'
  readonly firstDifferingBlock?: string
  readonly wrongAncestor?: Hash
  readonly needs?: string
  readonly head?: string
  readonly [field: string]: unknown
}

/** The challenger's part of its /status. */
export interface ChallengerReport {
  readonly counts: Readonly<Record<ReportedJudgement['verdict'], number>>
  readonly judgements: readonly ReportedJudgement[]
  readonly checkedToL1Block: string
}

/** What the challenger says now. */
export async function challengerReport(devnet: Devnet): Promise<ChallengerReport> {
  return (await serviceStatus<{ readonly challenger: ChallengerReport }>(devnet, 'challenger')).challenger
}

/** Its judgement of one assertion, if it shows it: every one that is not `agree`, and the newest that is. */
export async function judgementOf(devnet: Devnet, id: Hash): Promise<ReportedJudgement | undefined> {
  return (await challengerReport(devnet)).judgements.find((judgement) => judgement.id === id)
}
