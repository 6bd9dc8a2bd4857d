import {
  bytesToHex,
  concatBytes,
  decodeRlp,
  encodeRlp,
  encodeTransaction,
  hexToBytes,
  predeploys,
  type RlpItem,
  signTransaction,
  tags,
  type UnsignedTransaction,
} from '@crema/protocol'
import { account, columns, noise, type Vectors, word } from '../../../protocol/scripts/vector-sets/columns.ts'
import { signed, validTransactions } from '../../../protocol/scripts/vector-sets/transactions.ts'
import { createCommitter } from '../../src/commit/committer.ts'
import { hashWordBytes } from '../../src/commit/hash.ts'
import { txWords } from '../../src/commit/tx-words.ts'
import { createMachine } from '../../src/run/create-machine.ts'
import { startEntry } from '../../src/run/segments.ts'
import { status } from '../../src/state/machine.ts'
import { l2Rules } from '../../src/state/make-rules.ts'
import { dispatch } from '../../src/step/dispatch.ts'
import { emptyRoot } from '../../src/trie/node.ts'

const chainId = 901n
const empty = { node: () => undefined, code: () => undefined }
const baseFees = [0n, 7n, 10n ** 9n, 10n ** 10n + 1n]

/** Entries, right and wrong ones, and what txLoad makes of them: a skip, or section T. */
export function txLoadVectors(): Vectors {
  const rows = entries().map(([name, raw], i) => {
    const baseFee = baseFees[i % baseFees.length]!
    const section = load(raw, baseFee)
    return {
      name,
      raw: bytesToHex(raw),
      baseFee,
      isSkipped: section === undefined ? 1 : 0,
      section: section ?? word(''),
    }
  })
  return { chainId: Number(chainId), entries: columns(rows) }
}

/** Hash of section T behind txLoad; undefined when it skips. */
function load(raw: Uint8Array, baseFee: bigint): string | undefined {
  const m = createMachine(l2Rules(chainId), empty, emptyRoot)
  m.b.baseFee = baseFee
  m.b.coinbase = BigInt(predeploys.sequencerFeeVault)
  startEntry(m, { index: 0, bytes: raw })
  m.steps++
  dispatch(m)
  if (m.status !== status.running) return undefined
  return bytesToHex(hashWordBytes(hexToBytes(tags.txSection), txWords(createCommitter(), m)))
}

function entries(): [string, Uint8Array][] {
  const valid = [...validTransactions, ...moreTransactions()].map(
    ([name, unsigned]) => [name, encodeTransaction(signed(unsigned))] as [string, Uint8Array],
  )
  const small = valid.filter(([, raw]) => raw.length < 1_000)
  return [
    ...valid,
    ...small.flatMap(([name, raw]) => [...bytesChanged(name, raw), ...itemsChanged(name, raw)]),
    ...randomTransactions(),
  ]
}

/** Lists at the bounds of their headers' forms, prices around the base fee. */
function moreTransactions(): (readonly [string, UnsignedTransaction])[] {
  const message = { chainId, nonce: 1n, gasLimit: 10_000_000n, to: account('to'), value: 1n, data: noise('data', 40) }
  const fees = { maxPriorityFeePerGas: 3n, maxFeePerGas: 10n ** 9n }
  const keys = (n: number) => Array.from({ length: n }, (_, i) => word(`key ${i}`))
  const listed = (n: number) => ({ address: account(`listed ${n}`), storageKeys: keys(n) })
  const lists = [[0], [1], [2], [7], [8], [0, 0, 0], [1, 0, 2, 1], [0, 1, 8, 0], [300]]
  return [
    ...lists.map((counts): readonly [string, UnsignedTransaction] => [
      `keys: ${counts.join(' ')}`,
      { type: 2, ...message, ...fees, accessList: counts.map(listed) },
    ]),
    ['no data', { type: 1, ...message, gasPrice: 10n ** 9n, data: new Uint8Array(0), accessList: [] }],
    ['fee cap below the base fee', { type: 2, ...message, maxPriorityFeePerGas: 1n, maxFeePerGas: 5n, accessList: [] }],
    [
      'authorizations',
      {
        type: 4,
        ...message,
        ...fees,
        accessList: [listed(1)],
        authorizationList: [1n, 2n, 3n, 4n].map((nonce) => ({
          chainId: nonce - 1n,
          address: account(`delegate ${nonce}`),
          nonce,
          yParity: nonce % 2n,
          r: BigInt(word(`r ${nonce}`)),
          s: BigInt(word(`s ${nonce}`)),
        })),
      },
    ],
  ]
}

/** Some bytes replaced, removed, inserted. */
function bytesChanged(name: string, raw: Uint8Array): [string, Uint8Array][] {
  return Array.from({ length: 8 }, (_, i) => {
    const [a, b, kind, byte] = noise(`${name} ${i}`, 4) as unknown as [number, number, number, number]
    const place = (a * 256 + b) % raw.length
    const behind = kind % 4 === 0 ? place : place + 1
    const put = kind % 4 === 1 ? [] : [[0, 1, 0x7f, 0x80, 0x81, 0xa0, 0xc0, byte][byte % 8]!]
    const changed = concatBytes(raw.subarray(0, place), Uint8Array.from(put), raw.subarray(behind))
    return [`${name}: byte ${place}`, changed]
  })
}

/** The same structure with one item replaced, dropped or doubled; the signature fits no more, so that another sender results. */
function itemsChanged(name: string, raw: Uint8Array): [string, Uint8Array][] {
  const isLegacy = raw[0]! >= 0xc0
  const items = decodeRlp(isLegacy ? raw : raw.subarray(1)) as readonly RlpItem[]
  const values: RlpItem[] = [
    new Uint8Array(0),
    Uint8Array.of(1),
    Uint8Array.of(0),
    new Uint8Array(20).fill(7),
    new Uint8Array(32).fill(0xff),
    new Uint8Array(33).fill(1),
    [],
    [[new Uint8Array(20), [new Uint8Array(32)]]],
    [[new Uint8Array(20), [new Uint8Array(31)]]],
  ]
  return items.map((_, i) => {
    const value = values[noise(`${name} item ${i}`, 1)[0]! % values.length]!
    const list = encodeRlp(items.map((item, j) => (j === i ? value : item)))
    return [`${name}: item ${i}`, isLegacy ? list : concatBytes(raw.subarray(0, 1), list)]
  })
}

/** Fields of any size, well signed. */
function randomTransactions(): [string, Uint8Array][] {
  return Array.from({ length: 60 }, (_, i) => {
    const [kind, gas, data, nonce, cap, tip, keys] = noise(`random ${i}`, 7) as unknown as number[]
    const bits = (n: number, most: number) => BigInt(word(`bits ${i} ${n}`)) >> BigInt(256 - (n % (most + 1)))
    const message = {
      chainId,
      nonce: bits(nonce!, 64),
      gasLimit: gas! % 8 === 0 ? bits(gas!, 64) : 21_000n + bits(gas!, 24),
      to: kind! % 5 === 0 ? undefined : account(`to ${i}`),
      value: bits(data! + keys!, 256),
      data: noise(`data ${i}`, data!).map((byte) => (byte % 3 === 0 ? 0 : byte)),
    }
    const fees = { maxPriorityFeePerGas: bits(tip!, 60), maxFeePerGas: bits(cap!, 255) }
    const accessList = Array.from({ length: keys! % 4 }, (_, j) => ({
      address: account(`listed ${i} ${j}`),
      storageKeys: Array.from({ length: (keys! * (j + 3)) % 10 }, (_, k) => word(`key ${i} ${j} ${k}`)),
    }))
    const unsigned: UnsignedTransaction =
      kind! % 4 === 0
        ? { type: 0, ...message, chainId: kind! % 8 === 0 ? undefined : chainId, gasPrice: bits(cap!, 255) }
        : kind! % 4 === 1
          ? { type: 1, ...message, gasPrice: bits(cap!, 255), accessList }
          : { type: 2, ...message, ...fees, accessList }
    return [`random ${i}`, encodeTransaction(signTransaction(unsigned, hexToBytes(word(`key of ${i}`))))]
  })
}
