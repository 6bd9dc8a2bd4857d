import type { ChainStore } from '../../src/index.ts'
import { makeEntry } from './blocks.ts'
import { type L1Progress, makeL1Step, toBatch } from './l1.ts'

/** Does one random thing to a store, as a node would: mostly commits with moved heads. Returns latest's number. */
export function workload(store: ChainStore, seed: number): bigint {
  const { latest, finalized } = store.heads()
  if (seed % 7 === 3 && latest.number - finalized.number > 4n) store.rollbackTo(latest.number - 2n)
  else if (seed % 5 === 2) {
    const progress: L1Progress = {
      parent: store.l1Cursor(),
      depositCount: store.depositCount(),
      leafCount: store.leafCount(),
    }
    store.appendL1(toBatch([makeL1Step(progress, seed)]))
  } else {
    const parent = { block: store.blockByNumber(latest.number)!, position: store.position(latest.number)! }
    const entry = makeEntry(parent, seed)
    store.atomically(() => {
      store.commitBlock(entry)
      const ref = { number: entry.block.header.number, hash: entry.block.hash }
      if (seed % 3 === 0) store.setHeads({ safe: ref })
      if (seed % 11 === 0) store.setHeads({ safe: ref, finalized: ref })
    })
  }
  return store.heads().latest.number
}
