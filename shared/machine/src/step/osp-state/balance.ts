import { readAccount } from '../../state/accounts.ts'
import type { Frame } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { pop, push } from '../../state/stack.ts'
import { toAddress } from '../../state/words.ts'
import { halt } from '../osp-call/halt.ts'
import { accessAccount } from './access.ts'

export function balance(m: Machine, f: Frame): undefined {
  const target = toAddress(pop(f))
  if (!accessAccount(m, f, target)) return halt(m)
  push(f, readAccount(m, target)?.balance ?? 0n)
}

export function selfbalance(m: Machine, f: Frame): undefined {
  push(f, readAccount(m, f.address)?.balance ?? 0n)
}
