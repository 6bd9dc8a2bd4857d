import {
  bytesToHex,
  concatBytes,
  decodeRlp,
  encodeRlp,
  encodeTransaction,
  hexToBytes,
  integerToRlp,
  type RlpItem,
  rlpList,
  type SkipReason,
  secp256k1HalfOrder,
  secp256k1Order,
} from '../../src/index.ts'
import { columns, noise, type Vectors } from './columns.ts'
import { chainId, signed, validTransactions } from './transactions.ts'

type Case = readonly [string, Uint8Array, SkipReason]

const unsigned = new Map(validTransactions)
const raw = (name: string) => encodeTransaction(signed(unsigned.get(name)!))
const legacy = raw('legacy')
const listed = raw('access list')
const market = raw('fee market')
const setCode = raw('set code')

/** Positions of the fields that every type has, by type. */
const places = {
  0: { nonce: 0, gasPrice: 1, gasLimit: 2, to: 3, value: 4, data: 5, v: 6, r: 7, s: 8 },
  1: { chainId: 0, nonce: 1, gasPrice: 2, gasLimit: 3, to: 4, value: 5, data: 6, accessList: 7, v: 8, r: 9, s: 10 },
  2: { chainId: 0, nonce: 1, tip: 2, cap: 3, gasLimit: 4, to: 5, value: 6, data: 7, accessList: 8, v: 9, r: 10, s: 11 },
  4: {
    chainId: 0,
    nonce: 1,
    tip: 2,
    cap: 3,
    gasLimit: 4,
    to: 5,
    value: 6,
    data: 7,
    accessList: 8,
    authorizations: 9,
    v: 10,
    r: 11,
    s: 12,
  },
} as const

function body(bytes: Uint8Array): { prefix: Uint8Array; items: readonly RlpItem[] } {
  const at = bytes[0]! >= 0xc0 ? 0 : 1
  return { prefix: bytes.subarray(0, at), items: rlpList(decodeRlp(bytes.subarray(at))) }
}

/** `bytes` with one field replaced, the rest as signed. */
function replaced(bytes: Uint8Array, position: number, item: RlpItem): Uint8Array {
  const { prefix, items } = body(bytes)
  return concatBytes(prefix, encodeRlp(items.with(position, item)))
}

function resized(bytes: Uint8Array, change: (items: readonly RlpItem[]) => readonly RlpItem[]): Uint8Array {
  const { prefix, items } = body(bytes)
  return concatBytes(prefix, encodeRlp(change(items)))
}

/** `bytes` with a field's encoding replaced by bytes that need not be canonical RLP. */
function spliced(bytes: Uint8Array, position: number, encoding: Uint8Array): Uint8Array {
  const { prefix, items } = body(bytes)
  const content = concatBytes(...items.map((item, i) => (i === position ? encoding : encodeRlp(item))))
  const size = integerToRlp(content.length)
  return concatBytes(
    prefix,
    content.length <= 55 ? Uint8Array.of(0xc0 + content.length) : concatBytes(Uint8Array.of(0xf7 + size.length), size),
    content,
  )
}

const bytes33 = noise('33', 33).fill(1, 0, 1)
const integer = (value: bigint) => integerToRlp(value)
const zeroLed = Uint8Array.of(0, 1)

function grammarCases(): Case[] {
  const cases: [string, Uint8Array][] = [
    ['empty', new Uint8Array(0)],
    ['empty list', Uint8Array.of(0xc0)],
    ['a byte string', Uint8Array.of(0x80)],
    ['first byte 0xb8', concatBytes(Uint8Array.of(0xb8, market.length), market)],
    ['type byte alone', Uint8Array.of(2)],
    ['legacy with a type byte wrapped in a string', concatBytes(Uint8Array.of(1), Uint8Array.of(0x83, 1, 2, 3))],
    ['nine items where access lists have eleven', concatBytes(Uint8Array.of(1), legacy)],
    ['list in another type', concatBytes(Uint8Array.of(4), market.subarray(1))],
  ]
  for (const [type, bytes] of [
    [0, legacy],
    [1, listed],
    [2, market],
    [4, setCode],
  ] as const) {
    const place = places[type]
    const add = (name: string, mutated: Uint8Array) => cases.push([`type ${type}: ${name}`, mutated])
    add('trailing byte', concatBytes(bytes, Uint8Array.of(0)))
    add('last byte cut', bytes.subarray(0, -1))
    add('half', bytes.subarray(0, bytes.length >> 1))
    add(
      'a field less',
      resized(bytes, (items) => items.slice(0, -1)),
    )
    add(
      'a field more',
      resized(bytes, (items) => [...items, new Uint8Array(0)]),
    )
    add('nonce with a leading zero', replaced(bytes, place.nonce, zeroLed))
    add('nonce zero as a byte', replaced(bytes, place.nonce, Uint8Array.of(0)))
    add('nonce of 2^64', replaced(bytes, place.nonce, integer(2n ** 64n)))
    add('nonce is a list', replaced(bytes, place.nonce, []))
    add('gas limit of 2^64', replaced(bytes, place.gasLimit, integer(2n ** 64n)))
    add('gas limit with a leading zero', replaced(bytes, place.gasLimit, zeroLed))
    add('value of 2^256', replaced(bytes, place.value, bytes33))
    add('value with a leading zero', replaced(bytes, place.value, zeroLed))
    add('to of 19 bytes', replaced(bytes, place.to, noise('to', 19)))
    add('to of 21 bytes', replaced(bytes, place.to, noise('to', 21)))
    add('to of 32 bytes', replaced(bytes, place.to, noise('to', 32)))
    add('data is a list', replaced(bytes, place.data, [Uint8Array.of(1)]))
    add('byte below 0x80 with a prefix', spliced(bytes, place.data, Uint8Array.of(0x81, 0x05)))
    add('long form of a short string', spliced(bytes, place.data, Uint8Array.of(0xb8, 1, 0xff)))
    add(
      'length with a leading zero',
      spliced(bytes, place.data, concatBytes(Uint8Array.of(0xb9, 0, 56), noise('data', 56))),
    )
    add(
      'length beyond the end',
      spliced(bytes, place.data, Uint8Array.of(0xbf, 255, 255, 255, 255, 255, 255, 255, 255)),
    )
    add('r of 33 bytes', replaced(bytes, place.r, bytes33))
    add('r with a leading zero', replaced(bytes, place.r, zeroLed))
    add('s with a leading zero', replaced(bytes, place.s, zeroLed))
    add('v with a leading zero', replaced(bytes, place.v, zeroLed))
    if ('gasPrice' in place) add('gas price of 2^256', replaced(bytes, place.gasPrice, bytes33))
    if ('tip' in place) {
      add('tip of 2^256', replaced(bytes, place.tip, bytes33))
      add('fee cap with a leading zero', replaced(bytes, place.cap, zeroLed))
    }
    if ('chainId' in place)
      add(
        'chain id with a leading zero',
        replaced(bytes, place.chainId, concatBytes(Uint8Array.of(0), integer(chainId))),
      )
    if ('accessList' in place) {
      const list = (item: RlpItem) => replaced(bytes, place.accessList, item)
      add('access list is a string', list(new Uint8Array(0)))
      add('access list entry without keys', list([[noise('a', 20)]]))
      add('access list entry with a third item', list([[noise('a', 20), [], []]]))
      add('access list address of 19 bytes', list([[noise('a', 19), []]]))
      add('access list key of 31 bytes', list([[noise('a', 20), [noise('k', 31)]]]))
      add('access list key of 33 bytes', list([[noise('a', 20), [noise('k', 33)]]]))
      add('access list keys are a string', list([[noise('a', 20), noise('k', 32)]]))
    }
  }
  const tuple = rlpList(rlpList(body(setCode).items[places[4].authorizations])[0])
  const authorized = (item: RlpItem) => replaced(setCode, places[4].authorizations, item)
  cases.push(
    ['set code: no recipient', replaced(setCode, places[4].to, new Uint8Array(0))],
    ['set code: no authorization', authorized([])],
    ['set code: authorizations are a string', authorized(new Uint8Array(0))],
    ['set code: tuple of five', authorized([tuple.slice(0, 5)])],
    ['set code: tuple of seven', authorized([[...tuple, new Uint8Array(0)]])],
    ['set code: tuple chain id of 2^256', authorized([tuple.with(0, bytes33)])],
    ['set code: tuple address of 19 bytes', authorized([tuple.with(1, noise('a', 19))])],
    ['set code: tuple address empty', authorized([tuple.with(1, new Uint8Array(0))])],
    ['set code: tuple nonce of 2^64', authorized([tuple.with(2, integer(2n ** 64n))])],
    ['set code: tuple nonce with a leading zero', authorized([tuple.with(2, zeroLed)])],
    ['set code: tuple parity of 2^8', authorized([tuple.with(3, integer(256n))])],
    ['set code: tuple r of 2^256', authorized([tuple.with(4, bytes33)])],
    ['set code: tuple s with a leading zero', authorized([tuple.with(5, zeroLed)])],
  )
  return cases.map(([name, bytes]) => [name, bytes, 'undecodable'])
}

function signatureCases(): Case[] {
  return (
    [
      [0, legacy],
      [1, listed],
      [2, market],
      [4, setCode],
    ] as const
  ).flatMap(([type, bytes]) => {
    const place = places[type]
    const cases: [string, number, bigint][] = [
      ['r zero', place.r, 0n],
      ['r at the order', place.r, secp256k1Order],
      ['s zero', place.s, 0n],
      ['s above half the order', place.s, secp256k1HalfOrder + 1n],
      ['s at the order', place.s, secp256k1Order],
      // 5 is no x coordinate of the curve.
      ['r of no point', place.r, 5n],
      ...(type === 0 ? [0n, 1n, 26n, 29n, 34n] : [2n, 27n, 255n, 2n ** 64n]).map(
        (v) => [`v ${v}`, place.v, v] as [string, number, bigint],
      ),
    ]
    return cases.map(
      ([name, position, value]) =>
        [`type ${type}: ${name}`, replaced(bytes, position, integer(value)), 'bad-signature'] as const,
    )
  })
}

function ruleCases(): Case[] {
  const of = (name: string, changes: object) =>
    encodeTransaction(signed({ ...unsigned.get(name)!, ...changes } as never))
  const cases: Case[] = []
  for (const name of ['legacy', 'access list', 'fee market', 'set code']) {
    cases.push(
      [`${name}: another chain`, of(name, { chainId: chainId + 1n }), 'wrong-chain-id'],
      [`${name}: chain 0`, of(name, { chainId: 0n }), 'wrong-chain-id'],
      [`${name}: chain id of 2^254`, of(name, { chainId: 2n ** 254n }), 'wrong-chain-id'],
      [`${name}: gas limit above 2^24`, of(name, { gasLimit: 16_777_217n }), 'gas-limit-above-cap'],
      [`${name}: greatest gas limit`, of(name, { gasLimit: 2n ** 64n - 1n }), 'gas-limit-above-cap'],
      [`${name}: gas 20,999`, of(name, { gasLimit: 20_999n }), 'intrinsic-gas-too-low'],
      [`${name}: no gas`, of(name, { gasLimit: 0n }), 'intrinsic-gas-too-low'],
    )
  }
  cases.push(
    [
      'floor gas less one',
      of('fee market', { data: new Uint8Array(1_000).fill(1), gasLimit: 60_999n, accessList: [] }),
      'intrinsic-gas-too-low',
    ],
    [
      'access list gas less one',
      of('access list', { data: new Uint8Array(0), gasLimit: 21_000n + 2n * 2_400n + 2n * 1_900n - 1n }),
      'intrinsic-gas-too-low',
    ],
    [
      'authorization gas less one',
      of('set code', { data: new Uint8Array(0), gasLimit: 45_999n }),
      'intrinsic-gas-too-low',
    ],
    [
      'creation gas less one',
      of('legacy', { to: undefined, data: new Uint8Array(33), gasLimit: 21_000n + 32_000n + 4n * 33n + 4n - 1n }),
      'intrinsic-gas-too-low',
    ],
    [
      'initcode of 49,153 bytes',
      of('legacy', { to: undefined, data: new Uint8Array(49_153), gasLimit: 1_000_000n }),
      'initcode-too-large',
    ],
    ['tip above fee cap', of('fee market', { maxPriorityFeePerGas: 10n ** 10n + 1n }), 'tip-above-fee-cap'],
    ['set code: tip above fee cap', of('set code', { maxPriorityFeePerGas: 2n ** 256n - 1n }), 'tip-above-fee-cap'],
    ['signed and 98,305 bytes', exactSize(98_305, of), 'too-large'],
    ['type 0', concatBytes(Uint8Array.of(0), legacy), 'unsupported-type'],
    ['type 3', concatBytes(Uint8Array.of(3), market.subarray(1)), 'unsupported-type'],
    ['type 5', concatBytes(Uint8Array.of(5), market.subarray(1)), 'unsupported-type'],
    ['type 0x7f', Uint8Array.of(0x7f), 'unsupported-type'],
    ['deposit', hexToBytes(`0x7e${bytesToHex(legacy).slice(2)}`), 'unsupported-type'],
  )
  return cases
}

/** A signed transaction of exactly `size` bytes. */
function exactSize(size: number, of: (name: string, changes: object) => Uint8Array): Uint8Array {
  const make = (length: number) => of('legacy', { data: new Uint8Array(length), gasLimit: 10_000_000n })
  return make(2 * size - make(size).length)
}

/** `transactions-invalid.json`: encodings that no node executes, with the first skip reason. */
export function invalidTransactionVectors(): Vectors {
  const cases = [...grammarCases(), ...signatureCases(), ...ruleCases()]
  return {
    chainId: Number(chainId),
    transactions: columns(cases.map(([name, bytes, reason]) => ({ name, reason, raw: bytesToHex(bytes) }))),
  }
}
