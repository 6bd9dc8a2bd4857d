import { deepStrictEqual } from 'node:assert'
import { type Address, bytesToHex, type Hex } from '@crema/protocol'
import { noAccount, readAccount } from '../../../../shared/machine/src/state/accounts.ts'
import { loadCode } from '../../../../shared/machine/src/state/code.ts'
import type { Machine } from '../../../../shared/machine/src/state/machine.ts'
import { readStorage } from '../../../../shared/machine/src/state/storage.ts'
import type { Rpc } from '../step-proofs/rpc.ts'

/** Slots that random programs use. */
const SLOTS = 4

/** Throws where nonce, balance, code or a slot of an account is another on the chain than in the machine. */
export async function compareAccounts(rpc: Rpc, m: Machine, accounts: readonly Address[]): Promise<void> {
  for (const at of new Set(accounts)) {
    const account = readAccount(m, BigInt(at))
    const { nonce, balance } = account ?? noAccount
    const code = bytesToHex(loadCode(m, account))
    const slots = Array.from({ length: SLOTS }, (_, i) => readStorage(m, BigInt(at), BigInt(i)))
    deepStrictEqual({ nonce, balance, code, slots }, await accountOn(rpc, at), `${at} differs from anvil`)
  }
}

async function accountOn(rpc: Rpc, at: Address) {
  const [nonce, balance, code, ...slots] = await Promise.all([
    rpc.call<Hex>('eth_getTransactionCount', [at, 'latest']),
    rpc.call<Hex>('eth_getBalance', [at, 'latest']),
    rpc.call<Hex>('eth_getCode', [at, 'latest']),
    ...Array.from({ length: SLOTS }, (_, i) => rpc.call<Hex>('eth_getStorageAt', [at, `0x${i}`, 'latest'])),
  ])
  return { nonce: BigInt(nonce!), balance: BigInt(balance!), code, slots: slots.map((slot) => BigInt(slot)) }
}
