import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { hexToBytes } from '@crema/protocol'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openChainStore } from '../src/index.ts'
import { configDigest, genesisNumber, makeChain, makeGenesis } from './support/blocks.ts'
import { codeOf, openInitialized, openTemporary, temporaryPath } from './support/store.ts'

const identity = { genesisHash: makeGenesis().block.hash, configDigest }
const chain = makeChain(20)

/** A closed store with 20 blocks. */
function closedStore(): string {
  const path = temporaryPath()
  const store = openInitialized({ path })
  for (const entry of chain) store.commitBlock(entry)
  store.close()
  return path
}

describe('openChainStore', () => {
  it('continues where the last process stopped', () => {
    const path = closedStore()
    const store = openTemporary({ path, genesis: identity })
    expect(store.heads().latest.number).toBe(genesisNumber + 20n)
    expect(store.blockByNumber(genesisNumber + 20n)).toEqual(chain[19]!.block)
    store.check()
  })

  it('refuses another chain', () => {
    const path = closedStore()
    for (const genesis of [
      { ...identity, configDigest: identity.genesisHash },
      { ...identity, genesisHash: configDigest },
    ])
      expect(codeOf(() => openChainStore({ path, genesis }))).toBe('CHAIN_MISMATCH')
    // The refusals released the lock.
    openTemporary({ path, genesis: identity })
  })

  it('has one writer and any readers', () => {
    const path = temporaryPath()
    const writer = openInitialized({ path })
    expect(codeOf(() => openChainStore({ path }))).toBe('STORE_LOCKED')
    const reader = openTemporary({ path, readonly: true })
    const [entry] = chain
    writer.commitBlock(entry!)
    expect(reader.heads().latest.hash).toBe(entry!.block.hash)
    expect(reader.blockByNumber(genesisNumber + 1n)).toEqual(entry!.block)
    expect(reader.digests()).toEqual(writer.digests())
    writer.rollbackTo(genesisNumber)
    expect(reader.blockByHash(entry!.block.hash)).toBeUndefined()
    for (const write of [
      () => reader.commitBlock(entry!),
      () => reader.rollbackTo(genesisNumber),
      () => reader.setHeads({}),
      () => reader.sync(),
      () => reader.addEvidence({ kind: 'x', first: 1, second: 2, at: 0 }),
    ])
      expect(codeOf(write)).toBe('READONLY')
    writer.sync()
    writer.close()
    openTemporary({ path })
  })

  it('refuses files that are not chain stores of this or an older version', () => {
    const other = temporaryPath()
    mkdirSync(dirname(other), { recursive: true })
    new SqliteDatabase(other).exec('CREATE TABLE t (a)').close()
    expect(codeOf(() => openChainStore({ path: other }))).toBe('NOT_A_CHAIN_STORE')

    const newer = closedStore()
    const db = new SqliteDatabase(newer)
    db.pragma(`user_version = ${Number(db.pragma('user_version', { simple: true })) + 1}`)
    db.close()
    expect(codeOf(() => openChainStore({ path: newer }))).toBe('SCHEMA_TOO_NEW')

    const missing = temporaryPath()
    expect(codeOf(() => openChainStore({ path: missing, readonly: true }))).toBe('STORE_IO')
    expect(codeOf(() => openChainStore({ path: `${closedStore()}/below-a-file.sqlite` }))).toBe('STORE_IO')
  })

  it('reports a damaged file as such, wherever it is damaged', () => {
    const sound = readFileSync(closedStore())
    const codes = new Set<string | undefined>()
    for (let page = 0; page < sound.length / 4096; page++) {
      const path = temporaryPath()
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, Buffer.from(sound).fill(0xa5, page * 4096, page * 4096 + 4096))
      codes.add(
        codeOf(() => {
          const store = openChainStore({ path, genesis: identity })
          try {
            store.check()
          } finally {
            store.close()
          }
        }),
      )
    }
    expect([...codes]).toEqual(['STORE_CORRUPT'])
  })

  it('holds a prefix of the calls when power fails before the log was written out', () => {
    const path = temporaryPath()
    const store = openInitialized({ path })
    const hashes = [identity.genesisHash, ...chain.map(({ block }) => block.hash)]
    for (const entry of chain) store.commitBlock(entry)
    const wal = readFileSync(`${path}-wal`)
    const lengths = new Set<bigint>()
    for (let cut = 1; cut <= 40; cut++) {
      const copy = temporaryPath()
      mkdirSync(dirname(copy), { recursive: true })
      writeFileSync(copy, readFileSync(path))
      writeFileSync(`${copy}-wal`, wal.subarray(0, Math.floor((wal.length * cut) / 40)))
      const survivor = openChainStore({ path: copy })
      survivor.check()
      if (survivor.identity() !== undefined) {
        const { latest } = survivor.heads()
        expect(latest.hash).toBe(hashes[Number(latest.number - genesisNumber)])
        lengths.add(latest.number)
      }
      survivor.close()
    }
    expect(lengths.size).toBeGreaterThan(10)
    expect(lengths).toContain(genesisNumber + 20n)
    // After the durability point the database alone is enough.
    store.sync()
    const copy = temporaryPath()
    mkdirSync(dirname(copy), { recursive: true })
    writeFileSync(copy, readFileSync(path))
    expect(openTemporary({ path: copy }).digests()).toEqual(store.digests())
  })

  it('does not return headers, nodes or code that changed in the file', () => {
    const path = closedStore()
    const { block, writes } = chain.find((entry) => entry.writes.codes.size > 0 && entry.writes.nodes.size > 0)!
    const db = new SqliteDatabase(path)
    db.exec('UPDATE state_nodes SET rlp = rlp || rlp; UPDATE codes SET code = code || code')
    db.exec(`UPDATE blocks SET header = header || header WHERE number = ${block.header.number}`)
    db.close()
    const store = openTemporary({ path })
    const hashOf = (map: ReadonlyMap<string, Uint8Array>) => hexToBytes(`0x${[...map.keys()][0]!}`)
    expect(codeOf(() => store.node(hashOf(writes.nodes)))).toBe('STORE_CORRUPT')
    expect(codeOf(() => store.code(hashOf(writes.codes)))).toBe('STORE_CORRUPT')
    expect(codeOf(() => store.blockByHash(block.hash))).toBe('STORE_CORRUPT')
    expect(codeOf(() => store.check())).toBe('STORE_CORRUPT')
  })

  it('reports text and a truncated file', () => {
    const text = temporaryPath()
    mkdirSync(dirname(text), { recursive: true })
    writeFileSync(text, 'no database at all '.repeat(1000))
    expect(codeOf(() => openChainStore({ path: text }))).toBe('STORE_CORRUPT')
    const short = closedStore()
    truncateSync(short, 5 * 4096)
    expect(codeOf(() => openChainStore({ path: short }))).toBe('STORE_CORRUPT')
  })

  it('answers nothing after closing', () => {
    const store = openInitialized()
    store.close()
    store.close()
    expect(codeOf(() => store.heads())).toBe('CLOSED')
  })
})
