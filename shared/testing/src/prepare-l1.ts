import { multicall3Code, preinstalls } from '@crema/execution'
import type { L1Client } from '@crema/l1'

/** Puts on a fresh anvil what every public L1 has and anvil has not: Multicall3. */
export async function prepareL1(l1: L1Client): Promise<void> {
  await l1.request({
    method: 'anvil_setCode' as never,
    params: [preinstalls.multicall3, multicall3Code] as never,
  })
}
