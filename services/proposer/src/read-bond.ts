import { bondVaultAbi, type L1Client, reading, type StoredAssertion } from '@crema/l1'
import type { Address, Hash } from '@crema/protocol'

/** A bond that stands, as the vault numbers it. */
export const ACTIVE = 1
/** The bond to name when a new one is posted. */
export const NO_BOND: Hash = `0x${'00'.repeat(32)}`

/** A bond as the vault stores it. */
export interface StoredBond {
  readonly owner: Address
  readonly amount: bigint
  readonly assertionId: Hash
  readonly status: number
  /** Commitments that it backs and that are not resolved. */
  readonly commitments: number
}

/** Reads a bond. Throws `L1Error`. */
export async function readBond(l1: L1Client, bondVault: Address, id: Hash): Promise<StoredBond> {
  const bond = await reading('BondVault.bond', () =>
    l1.readContract({ address: bondVault, abi: bondVaultAbi, functionName: 'bond', args: [id] }),
  )
  return { ...bond, owner: bond.owner.toLowerCase() as Address }
}

/** The bond that `owner` can roll from `parent` onto its child; zero when a new one must be posted. Throws `L1Error`. */
export async function findRollableBond(
  l1: L1Client,
  bondVault: Address,
  owner: Address,
  parentId: Hash,
  parent: StoredAssertion,
): Promise<Hash> {
  if (parent.bondId === NO_BOND) return NO_BOND
  const bond = await readBond(l1, bondVault, parent.bondId)
  const rolls = bond.status === ACTIVE && bond.owner === owner.toLowerCase() && bond.assertionId === parentId
  return rolls ? parent.bondId : NO_BOND
}
