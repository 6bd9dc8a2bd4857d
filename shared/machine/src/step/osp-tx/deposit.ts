import { depositTransaction, encodeTransaction } from '@crema/protocol'
import { noAccount, readAccount, writeAccount } from '../../state/accounts.ts'
import type { Machine } from '../../state/machine.ts'
import { microOp } from '../micro-op.ts'
import { newTransaction } from './new-transaction.ts'
import { noteDeposit } from './note-segment.ts'

/** DEPOSIT_LOAD: deposit X.i of the leaf as a transaction of type 0x7e. It is never skipped. */
export function depositLoad(m: Machine): undefined {
  const { input, portal } = m.context!
  if (m.witness !== undefined) noteDeposit(m.witness, m)
  const decoded = depositTransaction(input.deposits[m.x.i]!, portal)
  const raw = new Uint8Array(encodeTransaction(decoded))
  // The data is the last of the encoding.
  const data = raw.subarray(raw.length - decoded.data.length)
  m.t = newTransaction(m, { ...decoded, data }, raw, BigInt(decoded.from))
  m.x.value = decoded.mint
  m.x.op = microOp.depositMint
}

/** DEPOSIT_MINT: X.value, the mint, and nonce, which stand whatever follows. */
export function depositMint(m: Machine): undefined {
  const { t, x } = m
  const account = readAccount(m, t.origin) ?? noAccount
  t.nonce = account.nonce
  writeAccount(m, t.origin, { ...account, balance: account.balance + x.value, nonce: account.nonce + 1n })
  t.startState = m.state
  x.op = microOp.txWarm
}
