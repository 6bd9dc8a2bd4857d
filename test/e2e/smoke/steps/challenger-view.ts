/** The part of the challenger's /status that the walk reads. */
export interface ChallengerView {
  readonly challenger: {
    readonly counts: Readonly<Record<'agree' | 'disagree' | 'unknown' | 'orphan', number>>
    readonly judgements: readonly { readonly id: string; readonly number: string; readonly verdict: string }[]
    readonly checkedToL1Block: string
  }
}
