import { bytesToHex, encodeRlp, integerToRlp } from '@crema/protocol'
import { columns, noise, type Vectors } from '../../../protocol/scripts/vector-sets/columns.ts'
import {
  get,
  indexPath,
  indexTrie,
  type NodeStore,
  nibbles,
  proveGet,
  proveSet,
  rootHash,
  set,
  type Trie,
} from '../../src/index.ts'

const noStore: NodeStore = { node: () => undefined }
const nothing = new Uint8Array(0)

/** One read and one write of a trie: `value` is what `get` gives, `newRoot` what `set` gives; the read's proof is the first `getLength` bytes of `proof`. */
interface Row {
  readonly [column: string]: string | number
}

type Entry = readonly [path: Uint8Array, value: Uint8Array]

/** Reads and writes of tries of every shape: bare, small, with nodes inside nodes, deep, random, and by index. */
export function mptVectors(): Vectors {
  return columns([...small(), ...inline(), ...deep(), ...random(), ...accounts(), ...indexed()])
}

/** Tries of up to three leaves, every key removed, replaced, and one inserted. */
function small(): Row[] {
  const keys = ['1111', '1112', '1211', '2111', 'f', '112'].map((start) => key(start))
  return [0, 1, 2, 3, 6].flatMap((size) => {
    const trie = make(keys.slice(0, size).map((path, i) => [path, noise(`small ${i}`, 1 + 20 * i)]))
    return keys.flatMap((path, i) => rows(`${size} leaves, key ${i}`, trie, path, [nothing, noise('new', 33)]))
  })
}

/** Keys that differ at the end: short values make nodes that stand inside their parents. */
function inline(): Row[] {
  return [1, 2, 26, 27, 28, 29, 30, 31, 32].flatMap((length) => {
    const paths = [0x00, 0x01, 0x10, 0x20].map((last) => nibbles(new Uint8Array(32).fill(0xab).fill(last, 31)))
    return [2, 3, 4].flatMap((size) => {
      const trie = make(paths.slice(0, size).map((path, i) => [path, noise(`inline ${i}`, length)]))
      return rows(`inline values of ${length} bytes, ${size} leaves`, trie, paths[1]!, [nothing, noise('x', 1)]).concat(
        rows(`inline values of ${length} bytes, ${size} leaves`, trie, paths[3]!, [nothing, noise('y', length)]),
      )
    })
  })
}

/** A branch of two at each of the first `depth` nibbles of one key: 64 is the deepest trie there can be. */
function deep(): Row[] {
  const target = nibbles(noise('deep', 32))
  return [1, 8, 63, 64].flatMap((depth) => {
    const others = Array.from({ length: depth }, (_, i): Entry => {
      const path = nibbles(noise(`deep ${i}`, 32))
      path.set(target.subarray(0, i))
      path[i] = target[i]! ^ 1
      return [path, noise(`value ${i}`, 33)]
    })
    const without = make(others)
    const full = set(noStore, without, target, noise('target', 33))
    return [
      ...rows(`${depth} levels, present`, full, target, [nothing, noise('new', 33), noise('new', 1)]),
      ...rows(`${depth} levels, absent`, without, target, [nothing, noise('new', 33)]),
    ]
  })
}

function random(): Row[] {
  const entries = Array.from({ length: 600 }, (_, i): Entry => [nibbles(noise(`key ${i}`, 32)), noise(`v ${i}`, 40)])
  const trie = make(entries)
  return [0, 1, 2, 3, 4, 5].flatMap((i) => [
    ...rows('600 leaves, present', trie, entries[i * 97]![0], [nothing, noise('new', 32)]),
    ...rows('600 leaves, absent', trie, nibbles(noise(`other ${i}`, 32)), [nothing, noise('new', 70)]),
  ])
}

/** Values as long as accounts: the trie that gas is measured on. */
function accounts(): Row[] {
  const entries = Array.from({ length: 5000 }, (_, i): Entry => [nibbles(noise(`acc ${i}`, 32)), noise(`a ${i}`, 78)])
  return rows('5,000 accounts', make(entries), entries[77]![0], [nothing, noise('new', 78)])
}

function indexed(): Row[] {
  return [1, 2, 128, 129, 300].flatMap((size) => {
    const trie = indexTrie(Array.from({ length: size }, (_, i) => noise(`tx ${i}`, 1 + ((i * 37) % 120))))
    const indexes = [0, 1, 127, 128, 255, 256, size - 1, size]
    return [...new Set(indexes)].flatMap((i) =>
      rows(`index ${i} of ${size}`, trie, indexPath(i), [nothing, encodeRlp(integerToRlp(i + 1))]),
    )
  })
}

function make(entries: readonly Entry[]): Trie {
  let trie: Trie
  for (const [path, value] of entries) trie = set(noStore, trie, path, value)
  return trie
}

function rows(name: string, trie: Trie, path: Uint8Array, values: readonly Uint8Array[]): Row[] {
  return values.map((value) => ({
    name,
    root: bytesToHex(rootHash(trie)),
    key: keyWord(path),
    keyLength: path.length,
    value: bytesToHex(get(noStore, trie, path) ?? nothing),
    newValue: bytesToHex(value),
    newRoot: bytesToHex(rootHash(set(noStore, trie, path, value))),
    getLength: proveGet(noStore, trie, path).length,
    proof: bytesToHex(proveSet(noStore, trie, path, value)),
  }))
}

/** 64 nibbles that start with the given ones. */
function key(start: string): Uint8Array {
  return nibbles(new Uint8Array(Buffer.from(start.padEnd(64, '0'), 'hex')))
}

/** A path as Solidity takes it: nibbles from the left, zeros after them. */
function keyWord(path: Uint8Array): string {
  return `0x${Array.from(path, (nibble) => nibble.toString(16))
    .join('')
    .padEnd(64, '0')}`
}
