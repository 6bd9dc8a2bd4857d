import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { GenesisAccount } from '@crema/protocol'
import { type Address, bytesToHex, type Hex } from '@crema/protocol'
import { type ForcedRollup, testAccount } from '@crema/testing'
import { l2User, postBlocks } from './fill.ts'

const vectors = path.resolve(import.meta.dirname, '../../../../shared/machine/vectors/precompiles.json')
const byte = (value: number): string => value.toString(16).padStart(2, '0')
const at = (value: number): Address => `0x${value.toString(16).padStart(40, '0')}`
const hex = (codes: readonly string[]): Hex => `0x${codes.join('')}`

/** Words that each instruction without an effect on control takes; all small numbers. */
const taken: readonly (readonly [first: number, last: number, words: number])[] = [
  ...([
    [0x01, 0x07, 2],
    [0x08, 0x09, 3],
    [0x0a, 0x0b, 2],
    [0x10, 0x14, 2],
    [0x15, 0x15, 1],
    [0x16, 0x18, 2],
  ] as const),
  ...([
    [0x19, 0x19, 1],
    [0x1a, 0x1d, 2],
    [0x1e, 0x1e, 1],
    [0x20, 0x20, 2],
    [0x30, 0x30, 0],
    [0x31, 0x31, 1],
  ] as const),
  ...([
    [0x32, 0x34, 0],
    [0x35, 0x35, 1],
    [0x36, 0x36, 0],
    [0x38, 0x38, 0],
    [0x3a, 0x3a, 0],
    [0x3b, 0x3b, 1],
  ] as const),
  ...([
    [0x3d, 0x3d, 0],
    [0x3f, 0x40, 1],
    [0x41, 0x48, 0],
    [0x49, 0x49, 1],
    [0x4a, 0x4a, 0],
    [0x51, 0x51, 1],
  ] as const),
  ...([
    [0x54, 0x54, 1],
    [0x58, 0x5a, 0],
    [0x5c, 0x5c, 1],
    [0xf0, 0xf0, 3],
    [0xf1, 0xf2, 7],
    [0xf4, 0xf4, 6],
  ] as const),
  ...([
    [0xf5, 0xf5, 4],
    [0xfa, 0xfa, 6],
  ] as const),
]
/** The same for those that leave no word. */
const takenForNothing: readonly (readonly [op: number, words: number])[] = [
  ...([
    [0x37, 3],
    [0x39, 3],
    [0x3c, 4],
    [0x52, 2],
    [0x53, 2],
    [0x55, 2],
    [0x5d, 2],
    [0x5e, 3],
  ] as const),
  ...([
    [0xa0, 2],
    [0xa1, 3],
    [0xa2, 4],
    [0xa3, 5],
    [0xa4, 6],
  ] as const),
]

/** Every instruction that goes on to the next, once. */
const instructions: Hex = hex([
  ...taken.flatMap(([first, last, words]) =>
    Array.from({ length: last - first + 1 }, (_, i) => `${'6003'.repeat(words)}${byte(first + i)}50`),
  ),
  ...takenForNothing.map(([op, words]) => `${'6003'.repeat(words)}${byte(op)}`),
  '5f5f5f3e',
  ...Array.from({ length: 33 }, (_, size) => `${byte(0x5f + size)}${'01'.repeat(size)}50`),
  '5f'.repeat(17),
  ...Array.from({ length: 16 }, (_, i) => `${byte(0x80 + i)}50${byte(0x90 + i)}`),
  '5b00',
])
/** JUMP and JUMPI, then STOP. */
const jumps: Hex = '0x6003565b600160085700' satisfies Hex
const halting: readonly Hex[] = ['0x60015ff3', '0x60015ffd', '0xfe', '0x33ff', '0x00', jumps]

/** Long operations and calls, each of which goes through the micro-ops behind an instruction. */
const long: Hex = hex([
  ...['6001600052', '60ff6120005360aa61400053', '61a0005f2050', '6102036102046123285fa2', '5f5fa0'],
  ...['611388601060205e', '611388602060105e', '6113885f61010039', '611388600361200037'],
  ...['610bb85f6113885f60045afa50', '610bb860016130003e', '60205f60205f60025afa50', '60205f60205f6001600961fffff150'],
  ...['60015f5d5f5c50', '336000555f54505f5f55', '625f5ffd5f526003601d5ff050', '5f5f5f5f6001335af150'],
  // CREATE and CREATE2 of a contract of one byte.
  ...['695f5f5360015ff30000005f52', '600a60165ff050', '5f600a60165ff550', '00'],
])
/** Calls the precompile that the first word of its calldata names with the rest. */
const relay: Hex = '0x6020360360205f3760405f602036035f5f355afa00'
/** Stores, deploys a byte, and destroys itself when it is called in the same transaction: init code. */
const destroying: Hex = '0x60015f5533ff'
const deploying: Hex = '0x5f5f5360015ff3'

const [INSTRUCTIONS, LONG, RELAY, HALTING] = [0xd001, 0xd002, 0xd003, 0xd010] as const

/** Programs that {@link postEveryStep} calls. */
export const everyStepAccounts: Readonly<Record<Address, GenesisAccount>> = {
  [at(INSTRUCTIONS)]: { nonce: 1n, code: instructions, balance: 10n ** 18n },
  [at(LONG)]: { nonce: 1n, code: long, balance: 10n ** 18n },
  [at(RELAY)]: { nonce: 1n, code: relay },
  ...Object.fromEntries(halting.map((code, i) => [at(HALTING + i), { nonce: 1n, code, balance: 1n }])),
}

/** A valid input of each precompile, from the shared vectors. */
function precompileInputs(): readonly (readonly [address: number, input: Hex])[] {
  const { address, piece, repeat, tail, success } = JSON.parse(readFileSync(vectors, 'utf8')) as {
    readonly address: readonly number[]
    readonly piece: readonly Hex[]
    readonly repeat: readonly number[]
    readonly tail: readonly Hex[]
    readonly success: readonly boolean[]
  }
  const chosen = new Map<number, Hex>()
  for (const [i, to] of address.entries()) {
    const length = (piece[i]!.length / 2 - 1) * repeat[i]!
    const isGood = success[i] === true && length > 0 && length <= 1_000
    if (isGood && !chosen.has(Number(to)))
      chosen.set(Number(to), `0x${piece[i]!.slice(2).repeat(repeat[i]!)}${tail[i]!.slice(2)}`)
  }
  return [...chosen]
}

/** Posts one block of everything, behind a block with a forced deposit. */
export async function postEveryStep(rollup: ForcedRollup): Promise<void> {
  await rollup.leaves(1)
  const user = l2User(rollup)
  const gas = 1_500_000n
  const large = 600_000n
  const entries = [
    await user({ to: at(INSTRUCTIONS), gas, data: bytesToHex(new Uint8Array(100).fill(1)) }),
    await user({ to: at(LONG), gas: 3_000_000n }),
    Uint8Array.of(0xc0, 0xff, 0xee),
    await user({ gas: large, data: destroying, value: 1n }),
    await user({ gas: large, data: deploying }),
    await delegation(rollup, user),
  ]
  for (let i = 0; i < halting.length; i++) entries.push(await user({ to: at(HALTING + i), gas: 100_000n }))
  for (const [address, input] of precompileInputs()) {
    const data: Hex = `0x${address.toString(16).padStart(64, '0')}${input.slice(2)}`
    entries.push(await user({ to: at(RELAY), gas: large, data }))
  }
  await postBlocks(rollup, [entries])
}

/** A transaction of type 4: its authority's account becomes {@link INSTRUCTIONS}' code, and is called. */
async function delegation({ config }: ForcedRollup, user: ReturnType<typeof l2User>): Promise<Uint8Array> {
  const authority = testAccount(6)
  const chainId = Number(config.l2.chainId)
  const signed = await authority.signAuthorization!({ chainId, nonce: 0, contractAddress: at(HALTING) })
  return user({ to: authority.address, gas: 300_000n, authorizationList: [signed] })
}
