import { noAccount, readAccount, writeAccount } from '../../state/accounts.ts'
import { readBytes } from '../../state/bytes.ts'
import { keepCode } from '../../state/code.ts'
import type { Machine } from '../../state/machine.ts'
import { charge } from '../../state/memory.ts'
import { halt } from '../osp-call/halt.ts'
import { leave } from '../osp-call/leave.ts'

const MAX_CODE = 24_576
const BYTE_GAS = 200

const nothing = new Uint8Array(0)

/** What init code returned becomes the contract's code: at most 24,576 bytes (EIP-170), not starting with 0xEF (EIP-3541). */
export function codeDeposit(m: Machine): undefined {
  const { f, x } = m
  const { length } = x.source
  if (length > MAX_CODE) return halt(m)
  const code = readBytes(m, x.source, 0, length)
  if (code[0] === 0xef || !charge(f, BYTE_GAS * length)) return halt(m)
  if (length > 0) {
    const account = readAccount(m, f.address) ?? noAccount
    writeAccount(m, f.address, { ...account, codeHash: keepCode(m, code.slice()) })
  }
  leave(m, true, f.gas, nothing)
}
