import { Account, type Address, createAddressFromString } from '@ethereumjs/util'
import type { Engine } from '../vm/engine.ts'

/** Adds wei to an account. A zero amount writes nothing and makes no account. */
export async function credit({ evm, state }: Engine, address: Address, amount: bigint): Promise<void> {
  if (amount === 0n) return
  const account = (await state.getAccount(address)) ?? new Account()
  account.balance += amount
  await evm.journal.putAccount(address, account)
}

/** Opens the checkpoint that a transaction works in. */
export async function beginTransaction({ evm }: Engine): Promise<void> {
  evm.journal.cleanJournal()
  await evm.journal.checkpoint()
}

/** Deletes destroyed contracts and touched empty accounts (EIP-161), forgets warmth and originals, and closes the checkpoint. */
export async function endTransaction({ evm, state }: Engine, destroyed: readonly string[] = []): Promise<void> {
  for (const address of destroyed) await evm.journal.deleteAccount(createAddressFromString(address))
  await evm.journal.cleanup()
  await evm.journal.commit()
  evm.journal.cleanJournal()
  state.originalStorageCache.clear()
}
