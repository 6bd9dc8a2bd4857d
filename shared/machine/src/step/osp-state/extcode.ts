import { readAccount } from '../../state/accounts.ts'
import { codeOf } from '../../state/code.ts'
import type { Frame } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { pop, push } from '../../state/stack.ts'
import { readInteger, toAddress } from '../../state/words.ts'
import { halt } from '../osp-call/halt.ts'
import { accessAccount } from './access.ts'

export function extcodesize(m: Machine, f: Frame): undefined {
  const code = loadExternalCode(m, f, toAddress(pop(f)))
  if (code === undefined) return halt(m)
  push(f, BigInt(code.length))
}

/** 0 where no account is (EIP-1052). */
export function extcodehash(m: Machine, f: Frame): undefined {
  const target = toAddress(pop(f))
  if (!accessAccount(m, f, target)) return halt(m)
  const account = readAccount(m, target)
  push(f, account === undefined ? 0n : readInteger(account.codeHash, 0, 32))
}

/** Code of another account, its access charged; undefined when gas does not suffice. */
export function loadExternalCode(m: Machine, f: Frame, target: bigint): Uint8Array | undefined {
  return accessAccount(m, f, target) ? codeOf(m, readAccount(m, target)) : undefined
}
