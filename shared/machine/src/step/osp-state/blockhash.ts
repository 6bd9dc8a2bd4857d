import { predeploys } from '@crema/protocol'
import type { Frame } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { pop, push } from '../../state/stack.ts'
import { readStorage } from '../../state/storage.ts'

const historyStorage = BigInt(predeploys.historyStorage)

/** Hash of one of the last 256 blocks as the state holds it (EIP-2935); 0 for any other. */
export function blockhash(m: Machine, f: Frame): undefined {
  const number = pop(f)
  const age = m.b.number - number
  push(f, age >= 1n && age <= 256n ? readStorage(m, historyStorage, number % 8_191n) : 0n)
}
