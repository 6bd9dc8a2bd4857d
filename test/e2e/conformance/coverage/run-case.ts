import type { ProvenChain } from '../../../../shared/machine/test/prove/support.ts'
import { type CellRecord, type Charged, collectBlock } from './collect.ts'
import { blockOfCase, type Case, createScene } from './scene.ts'

/** Runs a case, then its first entry again with just too little gas for each charge that it made in its own frame and no case before. */
export async function runCase(
  given: Case,
  isWanted: (cell: string) => boolean,
  tried: Set<string>,
): Promise<CellRecord[]> {
  const chain = await createScene(given.alloc)
  const charged: Charged[] = []
  const records = collectBlock(given.name, blockOfCase(chain, given), chain.store, isWanted, (each) =>
    charged.push(each),
  )
  return [...records, ...runOutOfGas(chain, given, charged, isWanted, tried)]
}

function runOutOfGas(
  chain: ProvenChain,
  { name, withGas, gasLimit }: Case,
  charged: readonly Charged[],
  isWanted: (cell: string) => boolean,
  tried: Set<string>,
): CellRecord[] {
  const first = charged[0]
  if (withGas === undefined || gasLimit === undefined || first === undefined) return []
  const records: CellRecord[] = []
  for (const { cell, gas, charges } of charged) {
    let needed = 0
    for (const [k, charge] of charges.entries()) {
      needed += charge
      const key = `${cell} ${k} ${charges.length}`
      if (charge <= 0 || needed > gas || tried.has(key)) continue
      tried.add(key)
      const limit = gasLimit - BigInt(gas - needed + 1)
      const block = blockOfCase(chain, { entries: [withGas(limit)] })
      records.push(...collectBlock(`${name}, out of gas after ${needed - 1}`, block, chain.store, isWanted))
    }
  }
  return records
}
