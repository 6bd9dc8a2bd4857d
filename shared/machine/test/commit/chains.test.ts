import { bytesToHex, encodeRlp, type Hash, hashWords, keccak256Hex, merkleRoot, tags } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { authorizationChain } from '../../src/commit/authorization-chain.ts'
import { destroyedChain } from '../../src/commit/destroyed-chain.ts'
import { hasherHash, hasherWords } from '../../src/commit/hasher.ts'
import { logDataChain } from '../../src/commit/log-data-chain.ts'
import { logLeaf } from '../../src/commit/log-leaf.ts'
import { logSize } from '../../src/commit/log-size.ts'
import { createLogsTree, logsTotal } from '../../src/commit/logs-tree.ts'
import { recordHash } from '../../src/commit/record.ts'
import { absorb, createSponge } from '../../src/commit/sponge.ts'
import { stackChain } from '../../src/commit/stack-chain.ts'
import { warmChain } from '../../src/commit/warm-chain.ts'
import type { MachineLog } from '../../src/state/machine.ts'
import type { Destroyed } from '../../src/state/snapshot.ts'
import { addressBytes, wordBytes } from '../../src/state/words.ts'
import { address, word } from '../block/support.ts'
import { randomBytes, randomSource } from '../trie/support.ts'
import { text } from './support.ts'

const zero = word(0n)
const random = randomSource(11)

function makeLog(topics: number, length: number): MachineLog {
  return {
    address: BigInt(random() % 1_000),
    topics: Array.from({ length: topics }, (_, i) => BigInt(random() % (i + 2)) << BigInt(60 * i)),
    data: randomBytes(random, length),
  }
}

function expectedLeaf({ address: from, topics, data }: MachineLog): Hash {
  const padded = [0, 1, 2, 3].map((i) => topics[i] ?? 0n)
  return hashWords(tags.log, from, topics.length, ...padded, data.length, expectedDataChain(data))
}

function expectedDataChain(data: Uint8Array): Hash {
  if (data.length === 0) return zero
  return hashWords(tags.logData, keccak256Hex(data.slice(0, 4096)), expectedDataChain(data.slice(4096)))
}

describe('chains', () => {
  it('of the stack', () => {
    const max = (1n << 256n) - 1n
    expect(text(stackChain([1n, 2n], 0))).toBe(zero)
    const one = hashWords(tags.stackWord, zero, 1n)
    expect(text(stackChain([1n, max], 1))).toBe(one)
    expect(text(stackChain([1n, max], 2))).toBe(hashWords(tags.stackWord, one, max))
  })

  it('of items to warm, the first outermost', () => {
    const chain = warmChain([
      { address: 5n, slot: undefined },
      { address: 6n, slot: 0n },
    ])
    const last = hashWords(tags.warmItem, true, 6n, 0n, zero)
    expect(chain.map(text)).toEqual([hashWords(tags.warmItem, false, 5n, 0n, last), last, zero])
  })

  it('of authorizations, the first outermost', () => {
    const item = { chainId: 1n, address: address(0xabc), nonce: 2n ** 64n - 1n, yParity: 255n, r: 3n, s: 4n }
    const last = hashWords(tags.authorization, 9n, item.address, item.nonce, 255n, 3n, 4n, zero)
    const first = hashWords(tags.authorization, 1n, item.address, item.nonce, 255n, 3n, 4n, last)
    expect(authorizationChain([item, { ...item, chainId: 9n }]).map(text)).toEqual([first, last, zero])
  })

  it('of contracts to delete, the latest outermost', () => {
    const first: Destroyed = { address: 7n, next: undefined }
    const inner = hashWords(tags.destroyed, zero, 7n)
    expect(text(destroyedChain(undefined))).toBe(zero)
    expect(text(destroyedChain({ address: 8n, next: first }))).toBe(hashWords(tags.destroyed, inner, 8n))
    expect(text(destroyedChain(first))).toBe(inner)
  })

  it("of a log's data, piece by piece and from any piece on", () => {
    for (const length of [0, 1, 4_095, 4_096, 4_097, 8_192, 9_000]) {
      const data = randomBytes(random, length)
      expect(text(logDataChain(data))).toBe(expectedDataChain(data))
      for (let from = 0; from < length; from += 4_096) {
        const rest = logDataChain(data, from)
        expect(text(rest)).toBe(expectedDataChain(data.slice(from)))
        expect(logDataChain(data, 0, from, rest)).toEqual(logDataChain(data))
      }
    }
  })
})

describe('logs', () => {
  it('have leaves and sizes', () => {
    for (let topics = 0; topics <= 4; topics++) {
      for (const length of [0, 1, 2, 32, 55, 56, 255, 256, 5_000, 70_000]) {
        const log = makeLog(topics, length)
        if (length === 1) log.data[0] = topics % 2 === 0 ? 0x7f : 0x80
        expect(text(logLeaf(log))).toBe(expectedLeaf(log))
        const item = [addressBytes(log.address), log.topics.map(wordBytes), log.data]
        expect(logSize(log)).toBe(encodeRlp(item).length)
      }
    }
  })

  it('stay known as they come and go', () => {
    const known = createLogsTree()
    const logs: MachineLog[] = []
    for (let i = 0; i < 60; i++) {
      if (random() % 4 === 0) logs.length = random() % (logs.length + 1)
      for (let n = random() % 3; n > 0; n--) logs.push(makeLog(random() % 5, random() % 100))
      for (const count of [logs.length, random() % (logs.length + 1)]) {
        const { size, root } = logsTotal(known, logs, count)
        const first = logs.slice(0, count)
        expect(bytesToHex(root)).toBe(merkleRoot(first.map(expectedLeaf), 17))
        expect(size).toBe(first.reduce((sum, log) => sum + logSize(log), 0))
      }
    }
    expect(logs.length).toBeGreaterThan(5)
  })
})

describe('records and hashers', () => {
  it('hash their words', () => {
    const bloom = randomBytes(random, 256)
    const blooms = Array.from({ length: 8 }, (_, i) => bytesToHex(bloom.subarray(32 * i, 32 * i + 32)))
    const record = {
      txHash: randomBytes(random, 32),
      rawLength: 300,
      type: 0x7e,
      success: true,
      cumulativeGas: 2n ** 40n,
      logCount: 3,
      logs: { size: 77, root: randomBytes(random, 32) },
      bloom,
    }
    const { txHash, logs } = record
    expect(text(recordHash(record))).toBe(
      hashWords(tags.record, text(txHash), 300, 0x7e, true, 2n ** 40n, 3, 77, text(logs.root), ...blooms),
    )
    const sponge = createSponge()
    absorb(sponge, randomBytes(random, 200))
    const words = hasherWords(sponge)
    const each = Array.from({ length: 31 }, (_, i) => text(words.slice(32 * i, 32 * i + 32)))
    expect(each.slice(0, 25).every((lane) => BigInt(lane) < 2n ** 64n)).toBe(true)
    expect(text(hasherHash(sponge))).toBe(hashWords(tags.hasher, ...each))
  })
})
