import { depositTransaction, encodeTransaction } from '@crema/protocol'
import { noAccount, readAccount, writeAccount } from '../../state/accounts.ts'
import type { Machine } from '../../state/machine.ts'
import { microOp } from '../micro-op.ts'
import { newTransaction } from './new-transaction.ts'

/** DEPOSIT_LOAD: deposit X.i of the leaf as a transaction of type 0x7e. It is never skipped. */
export function depositLoad(m: Machine): undefined {
  const { input, portal } = m.context!
  const decoded = depositTransaction(input.deposits[m.x.i]!, portal)
  m.t = newTransaction(m, decoded, encodeTransaction(decoded), BigInt(decoded.from))
  m.x.op = microOp.depositMint
}

/** DEPOSIT_MINT: mint and nonce, which stand whatever follows. */
export function depositMint(m: Machine): undefined {
  const { t, x } = m
  const { decoded } = t.transaction!
  const account = readAccount(m, t.origin) ?? noAccount
  t.nonce = account.nonce
  const mint = decoded.type === 0x7e ? decoded.mint : 0n
  writeAccount(m, t.origin, { ...account, balance: account.balance + mint, nonce: account.nonce + 1n })
  t.startState = m.state
  x.op = microOp.txWarm
  x.i = 0
}
