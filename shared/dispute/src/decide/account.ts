import type { AccountStakes } from '@crema/l1'
import type { Address } from '@crema/protocol'
import { intentKey } from './intent-key.ts'
import { type Mode, mayDo } from './modes.ts'
import type { DisputeIntent, Limits } from './types.ts'

export interface AccountInput {
  readonly address: Address
  readonly stakes: AccountStakes
  readonly mode: Mode
  readonly limits: Limits
  /** Whether bonds that are free are taken back; false for who rolls them. */
  readonly releases: boolean
}

/** Takes back what is an account's own: bonds that back nothing open any more, and credit. */
export function decideAccount({ address, stakes, mode, limits, releases }: AccountInput): DisputeIntent[] {
  const intents: DisputeIntent[] = []
  if (releases && mayDo(mode, 'release')) {
    for (const { id, status, assertionFate, commitments, amount } of stakes.bonds) {
      const isFree = assertionFate === 'confirmed' || assertionFate === 'refunded'
      if (status !== 'active' || !isFree || commitments > 0) continue
      const call = { kind: 'release', bondId: id } as const
      const reason = { what: `what it backs is ${assertionFate}`, amount }
      intents.push({ call, key: intentKey(call), deadline: undefined, stakeWei: 0n, reason })
    }
  }
  if (stakes.credit > 0n && stakes.credit >= limits.minCollectWei && mayDo(mode, 'claim')) {
    const call = { kind: 'claim', to: address } as const
    const reason = { what: 'credit is due', amount: stakes.credit }
    intents.push({ call, key: intentKey(call), deadline: undefined, stakeWei: 0n, reason })
  }
  return intents
}

/** Wei of an account in bonds that can still be slashed. */
export function atRiskWei({ bonds }: AccountStakes): bigint {
  return bonds.reduce((sum, { status, assertionFate, amount, commitments }) => {
    const isOpen = assertionFate === 'pending' || assertionFate === 'none' || commitments > 0
    return status === 'active' && isOpen ? sum + amount : sum
  }, 0n)
}

/** The intents that fit under the bound on what is at risk, in their order; the others are `held`. */
export function withinLimits<T extends Pick<DisputeIntent, 'stakeWei'>>(
  intents: readonly T[],
  { maxAtRiskWei }: Pick<Limits, 'maxAtRiskWei'>,
  alreadyAtRiskWei: bigint,
): { readonly taken: readonly T[]; readonly held: readonly T[] } {
  let risk = alreadyAtRiskWei
  const taken: T[] = []
  const held: T[] = []
  for (const intent of intents) {
    const fits = intent.stakeWei === 0n || risk + intent.stakeWei <= maxAtRiskWei
    if (fits) risk += intent.stakeWei
    ;(fits ? taken : held).push(intent)
  }
  return { taken, held }
}
