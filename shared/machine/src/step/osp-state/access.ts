import type { Frame } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { charge } from '../../state/memory.ts'
import { warmAddress } from '../../state/scratch.ts'

export const WARM = 100
export const COLD_ACCOUNT = 2_600
export const COLD_SLOT = 2_100

/** Charges an access to an account and makes it warm (EIP-2929); false when gas does not suffice. */
export function accessAccount(m: Machine, f: Frame, address: bigint): boolean {
  return charge(f, warmAddress(m, address) ? COLD_ACCOUNT : WARM)
}
