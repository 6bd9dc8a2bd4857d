import type { L1BlockRow } from '@crema/chain-store'
import { readL1Block } from '@crema/l1'
import type { NodeContext } from '../context.ts'

/**
 * Highest followed L1 block that is still canonical. Undefined when even the first is not: then this is another L1.
 * Throws `L1Error` when L1 does not answer.
 */
export async function findCommonAncestor(context: NodeContext): Promise<L1BlockRow | undefined> {
  let number = context.store.l1Cursor()?.number
  while (number !== undefined) {
    const row = context.store.l1BlockAtOrBelow(number)
    if (row === undefined) return undefined
    const canonical = await readL1Block(context.l1, { number: row.number })
    if (canonical?.hash === row.hash) return row
    number = row.number - 1n
  }
  return undefined
}
