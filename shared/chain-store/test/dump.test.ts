import { describe, expect, it } from 'vitest'
import { genesisNumber, makeChain, makeEntry } from './support/blocks.ts'
import { l1Start, makeL1Steps, toBatch } from './support/l1.ts'
import { openInitialized } from './support/store.ts'

describe('dump', () => {
  const chain = makeChain(12)
  const steps = makeL1Steps(l1Start, [1, 2, 3, 4, 5, 6])

  it('is equal for stores of one chain, whatever way they came there', () => {
    const straight = openInitialized()
    straight.appendL1(toBatch(steps))
    for (const entry of chain) straight.commitBlock(entry)

    const winding = openInitialized({ l1History: 2 })
    for (const entry of chain.slice(0, 4)) winding.commitBlock(entry)
    let parent = chain[3]!
    for (let seed = 500; seed < 505; seed++) {
      parent = makeEntry(parent, seed)
      winding.commitBlock(parent)
    }
    winding.addEvidence({ kind: 'fork', first: 1, second: 2, at: Date.now() })
    winding.setMeta({ name: 'clock', parse: Number }, Date.now())
    winding.rollbackTo(genesisNumber + 4n)
    for (const step of steps.slice(0, 3)) winding.appendL1(toBatch([step]))
    for (const entry of chain.slice(4)) winding.commitBlock(entry)
    for (const step of steps.slice(3)) winding.appendL1(toBatch([step]))

    expect(winding.dump()).toEqual(straight.dump())
    expect(winding.stats().stateNodes).toBeGreaterThan(straight.stats().stateNodes)
  })

  it('names the table that differs', () => {
    const left = openInitialized()
    const right = openInitialized()
    for (const entry of chain) left.commitBlock(entry)
    const skipping = chain.findIndex(({ block }) => block.skipped.length > 0)
    for (const [i, entry] of chain.entries()) {
      const { block } = entry
      const skipped = block.skipped.map((skip) => ({ ...skip, detail: 'other words', hash: block.hash }))
      right.commitBlock(i === skipping ? { ...entry, block: { ...block, skipped } } : entry)
    }
    const [a, b] = [left.digests(), right.digests()]
    expect(a.digest).not.toBe(b.digest)
    expect(Object.keys(a.tables).filter((name) => a.tables[name] !== b.tables[name])).toEqual(['skipped'])
  })

  it('tells heads apart that stand on the same blocks', () => {
    const [low, high] = [0, 1].map((up) => {
      const store = openInitialized()
      for (const entry of chain) store.commitBlock(entry)
      const at = (i: number) => ({ number: chain[i]!.block.header.number, hash: chain[i]!.block.hash })
      store.setHeads({ finalized: at(5), safe: at(up === 0 ? 5 : 11) })
      return store.digests().tables
    })
    expect(high).toEqual({ ...low, heads: high!.heads })
    expect(high!.heads).not.toBe(low!.heads)
  })

  it('holds no empty table once everything happened', () => {
    const store = openInitialized()
    store.appendL1(toBatch(steps))
    for (const entry of chain) store.commitBlock(entry)
    const rows = store.dump().tables.map(({ name, rows }) => [name, rows.length > 0])
    expect(rows.filter(([, filled]) => !filled)).toEqual([])
    expect(rows.map(([name]) => name)).toEqual(Object.keys(store.digests().tables))
  })
})
