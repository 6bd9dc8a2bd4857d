import { bytesToHex, concatBytes, type GenesisAccount, hexToBytes, limits } from '@crema/protocol'
import type { ForcedRollup } from '@crema/testing'
import { address, noise } from '../../conformance/gas/actors.ts'
import { word } from '../../conformance/gas/keys.ts'
import { MAX_CODE, MAX_INIT_CODE } from '../../conformance/gas/worst-frame.ts'
import { jumping } from '../../conformance/gas/worst-opcodes.ts'
import { worstInputs } from '../../conformance/gas/worst-precompiles.ts'
import type { Arena, ArenaOptions } from './arena.ts'
import { type L2Call, l2User, postBlocks, prefunded } from './fill.ts'
import { type NamedStep, stepsOf } from './find-step.ts'

/** What every `prove` keeps to (docs/protocol/limits.md). */
export const proveLimits = { gas: 12_000_000n, bytes: 122_880 } as const

const [LONG, DEEP, RELAY] = [address(0xd101), address(0xd102), address(0xd103)]
const PUSH1 = 0x60
const MOST = { gas: limits.maxTransactionGas } as const

/** Code of this length that begins with a program and is else dear to look through for the jump to its last byte. Takes an even number of bytes. */
function padded(length: number, program: string): Uint8Array {
  const code = jumping(length, PUSH1)
  code.set(hexToBytes(`0x${program}`))
  return code
}

/** Jumps from the first instruction to the last byte. */
const longCode = padded(MAX_CODE, '615fff5600')
/** Calls itself with all gas, which EIP-150 bounds. */
const deepCode = '0x5f5f5f5f5f305af100'
/** Calls the precompile that the first word of its calldata names with the rest. */
const relayCode = '0x6020360360205f3760405f602036035f5f355afa00'

/** The longest init code: the dearest EXP, a long copy of other code, then once itself as the init code of a contract, then a jump to its end. */
const initCode = padded(
  MAX_INIT_CODE,
  [
    `7f${'ff'.repeat(32)}7f${'ff'.repeat(32)}0a50`,
    `611000601f5f73${LONG.slice(2)}3c`,
    '33321415',
    '61bfff57',
    '61c0005f5f39',
    '61c0005f5ff050',
    '61bfff56',
    '00',
  ].join(''),
)

/** What the heaviest steps take: the longest codes on L2, room for dear transactions. */
export const heaviestArena: Omit<ArenaOptions, 'fill'> = {
  prefunded,
  maxGasPerAssertion: 10n ** 9n,
  genesisAccounts: {
    [LONG]: { nonce: 1n, code: bytesToHex(longCode) },
    [DEEP]: { nonce: 1n, code: deepCode },
    [RELAY]: { nonce: 1n, code: relayCode },
  } satisfies Readonly<Record<string, GenesisAccount>>,
}

/** The node executes hundreds of pairings and products of curve points in JavaScript. */
const PATIENCE_MS = 600_000
/** Bytes of the user's transaction beside its data, when that is long. */
const ENVELOPE = 116

/** Calls of the precompiles by what makes them dear, cut to what a transaction can carry. */
const precompileCalls: readonly (readonly [name: string, call: L2Call])[] = worstInputs().map(([name, to, input]) => {
  const most = limits.maxTransactionSize - ENVELOPE - 32
  const unit = { 12: 160, 14: 288 }[Number(to)] ?? 1
  const fitting = input.length <= most ? input.length : most - (most % unit)
  return [name, { to: RELAY, ...MOST, data: bytesToHex(concatBytes(word(to), input.subarray(0, fitting))) }] as const
})

/** Posts a block for each: the longest init code with a call of the longest code and the deepest call; the longest calldata; then one for each precompile named. */
export async function postHeaviest(rollup: ForcedRollup, precompiles: readonly string[]): Promise<void> {
  const user = l2User(rollup)
  const codes = [
    await user({ ...MOST, data: bytesToHex(initCode) }),
    await user({ to: LONG, gas: 100_000n }),
    await user({ to: DEEP, ...MOST }),
  ]
  const longest = await user({
    to: address(0x9999),
    ...MOST,
    data: bytesToHex(noise(limits.maxTransactionSize - ENVELOPE)),
  })
  const blocks = [codes, [longest]]
  for (const [name, call] of precompileCalls) if (precompiles.includes(name)) blocks.push([await user(call)])
  await postBlocks(rollup, blocks, PATIENCE_MS)
}

/** The heaviest steps of what {@link postHeaviest} posted, by what they do. Throws when one did not happen. */
export function heaviestSteps(arena: Arena, precompiles: readonly string[]): ReadonlyMap<string, NamedStep> {
  const steps = [...stepsOf(arena)]
  const first = (b: number, x: number, op: string): NamedStep | undefined =>
    steps.find((step) => step.b === b && step.x === x && step.op === op)
  const inCalls = steps.filter(({ b, x }) => b === 0 && x === 3)
  const deepest = Math.max(...inCalls.map(({ depth }) => depth))
  const found: readonly (readonly [name: string, step: NamedStep | undefined])[] = [
    ['EXP with all bits set, in the longest init code', first(0, 1, 'EXP')],
    ['EXTCODECOPY from the longest code, in the longest init code', first(0, 1, 'EXTCODECOPY')],
    ['CREATE with the longest init code, in the longest init code', first(0, 1, 'CREATE')],
    ['JUMP to the end of the longest init code', first(0, 1, 'JUMP')],
    ['JUMP to the end of the longest code', first(0, 2, 'JUMP')],
    ['CALL in the deepest frame', inCalls.find(({ depth, op }) => depth === deepest && op === 'CALL')],
    ['loading the longest transaction', first(1, 1, 'txLoad')],
    ['sealing the longest transaction', first(1, 2, 'sealTransaction')],
    ...precompiles.map((name, i) => {
      const to = worstInputs().find(([each]) => each === name)![1]
      return [`precompile ${name}`, first(2 + i, 1, `precompile ${to}`)] as const
    }),
  ]
  return new Map(
    found.map(([name, step]) => {
      if (step === undefined) throw new Error(`there is no step of ${name}`)
      return [name, step]
    }),
  )
}

/** The dear calls of precompiles that {@link postHeaviest} knows. */
export const heavyPrecompiles: readonly string[] = precompileCalls.map(([name]) => name)
