/** Prints what one trie update costs, beside @ethereumjs/mpt in the same run: node shared/machine/test/bench/trie.ts [keys] */
import { keccak256 } from '@crema/protocol'
import { MerklePatriciaTrie } from '@ethereumjs/mpt'
import { commit, get, nibbles, openTrie, rootHash, set, type Trie } from '../../src/index.ts'
import { mapStore, randomBytes, randomSource } from '../trie/support.ts'

const count = Number(process.argv[2] ?? 60_000)
const updates = 10_000
const random = randomSource(1)
const keys = Array.from({ length: count }, () => keccak256(randomBytes(random, 20)))
const paths = keys.map(nibbles)
const values = Array.from({ length: updates }, () => randomBytes(random, 70))
const picks = values.map(() => random() % count)
const store = mapStore()

/** Microseconds of processor time so far, all threads': other processes do not count. */
function clock(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Microseconds for each of `n` runs. */
function time(name: string, n: number, run: () => void): void {
  const start = clock()
  run()
  console.log(`${name}: ${((clock() - start) / n).toFixed(2)} µs`)
}

let full: Trie
time(`insert ${count} keys, one root at the end`, count, () => {
  for (const [i, path] of paths.entries()) full = set(store, full, path, values[i % updates]!)
  rootHash(full)
})
time('commit, per key', count, () => store.add(commit(full)))

function update(name: string, trie: Trie, batch: number): void {
  let current = trie
  time(name, updates, () => {
    for (let i = 0; i < updates; i++) {
      current = set(store, current, paths[picks[i]!]!, values[i]!)
      if (i % batch === batch - 1) rootHash(current)
    }
    rootHash(current)
  })
}

for (const round of [1, 2]) {
  update(`round ${round}: update with root each time`, full, 1)
  update(`round ${round}: update, root every 200`, full, 200)
  update(`round ${round}: update, one root`, full, updates)
  const opened = openTrie(rootHash(full))
  update(`round ${round}: update from a cold store, root every 200`, opened, 200)
  time(`round ${round}: get, warm`, updates, () => {
    for (const pick of picks) get(store, full, paths[pick]!)
  })
}

const theirs = new MerklePatriciaTrie({ useKeyHashing: false, useKeyHashingFunction: keccak256 })
for (const [i, key] of keys.entries()) await theirs.put(key, values[i % updates]!)
const start = clock()
for (let i = 0; i < 2_000; i++) await theirs.put(keys[picks[i]!]!, values[i]!)
console.log(
  `@ethereumjs/mpt with the same keccak: update with root each time: ${((clock() - start) / 2_000).toFixed(2)} µs`,
)
