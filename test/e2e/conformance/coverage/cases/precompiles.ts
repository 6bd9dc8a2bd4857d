import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Hex, hexToBytes } from '@crema/protocol'
import { wordBytes } from '../../../../../shared/machine/src/state/words.ts'
import { asm } from '../asm.ts'
import { type Case, program } from '../scene.ts'
import { callEntry, calling, commonAlloc } from './calling.ts'

/** Calls what the data names: gas, precompile, then its input; 64 bytes of the output are kept. */
const source = `64 CALLDATASIZE SUB DUP1 64 0 CALLDATACOPY
  64 0 DUP3 0 32 CALLDATALOAD 0 CALLDATALOAD STATICCALL RETURNDATASIZE STOP`

interface Vectors {
  readonly name: readonly string[]
  readonly address: readonly Hex[]
  readonly piece: readonly Hex[]
  readonly repeat: readonly number[]
  readonly tail: readonly Hex[]
  readonly price: readonly string[]
  readonly success: readonly boolean[]
  readonly output: readonly Hex[]
}

const file = path.resolve(import.meta.dirname, '../../../../../shared/machine/vectors/precompiles.json')
const MOST = 10_000

/** Each precompile on inputs of the shared vectors: with output, without, failing, with one gas too few; above the limits of price and size; identity by chunks. */
export function precompileCases(): Case[] {
  const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors
  const cases: Case[] = []
  const seen = new Set<string>()
  for (const [i, name] of vectors.name.entries()) {
    const input = Buffer.concat([
      ...Array.from({ length: vectors.repeat[i]! }, () => hexToBytes(vectors.piece[i]!)),
      hexToBytes(vectors.tail[i]!),
    ])
    const price = BigInt(vectors.price[i]!)
    if (input.length > MOST || price > 4_000_000n) continue
    const at = BigInt(vectors.address[i]!)
    const kind = `${at} ${vectors.success[i]} ${vectors.output[i]!.length > 2}`
    if (!seen.has(kind)) cases.push(precompileCase(name, at, price, input))
    seen.add(kind)
    if (price > 0n && !seen.has(`${at} gas`)) {
      seen.add(`${at} gas`)
      cases.push(precompileCase(`${name}, one gas too few`, at, price - 1n, input))
    }
  }
  return [...cases, ...limitCases(), ...identityCases(), ...directCases()]
}

function precompileCase(name: string, at: bigint, gas: bigint, input: Uint8Array): Case {
  const data = Buffer.concat([wordBytes(gas), wordBytes(at), input])
  return calling(name, source, { data, gasLimit: 16_000_000n })
}

/** Priced above 8,000,000 gas although that much is there, or longer than 98,304 bytes. */
function limitCases(): Case[] {
  const words = (...values: bigint[]): Uint8Array => Buffer.concat(values.map(wordBytes))
  const rounds = Buffer.concat([Buffer.from('00b71b00', 'hex'), new Uint8Array(208), Uint8Array.of(1)])
  const priced: readonly (readonly [string, bigint, Uint8Array])[] = [
    ['modexp above the price limit', 5n, words(1024n, 51n, 1024n)],
    ['pairing above the price limit', 8n, new Uint8Array(192 * 240)],
    ['blake2f above the price limit', 9n, rounds],
    ['BLS12 pairing above the price limit', 0xfn, new Uint8Array(384 * 250)],
  ]
  const long = [2, 3].map((at) =>
    calling(`precompile ${at} above the size limit`, `0 0 98305 0 ${at} 10000000 STATICCALL STOP`, {
      gasLimit: 14_000_000n,
    }),
  )
  return [
    ...priced.map(([name, at, input]) => precompileCase(name, at, 12_000_000n, input)),
    ...long,
    calling('modexp of no modulus', '0 0 96 0 5 10000 STATICCALL STOP'),
  ]
}

function identityCases(): Case[] {
  const identity = (size: number, kept: number, gas: number): string =>
    `7 2000 MSTORE ${kept} 5000 ${size} 1 4 ${gas} STATICCALL`
  return [
    calling('identity of nothing', `${identity(0, 10, 1_000)} STOP`),
    calling('identity of 5,000 bytes, none kept', `${identity(5_000, 0, 10_000)} STOP`),
    calling('identity of 5,000 bytes, kept', `${identity(5_000, 5_000, 10_000)} STOP`),
    calling('identity with too little gas', `${identity(5_000, 5_000, 100)} STOP`),
  ]
}

/** Precompiles that a transaction itself calls. */
function directCases(): Case[] {
  const direct = (name: string, to: Hex, size: number): Case => ({
    name,
    alloc: { ...commonAlloc, [program]: { nonce: 1n, code: asm('STOP') } },
    entries: [callEntry(200_000n, { data: new Uint8Array(size) }, to as `0x${string}`)],
  })
  const at = (value: number): Hex => `0x${value.toString(16).padStart(40, '0')}`
  return [
    direct('sha256 by a transaction', at(2), 100),
    direct('identity of nothing by a transaction', at(4), 0),
    direct('identity of 3,000 bytes by a transaction', at(4), 3_000),
    direct('a failing precompile by a transaction', at(6), 100),
    direct('a point that is none, by a transaction', at(0xb), 3),
  ]
}
