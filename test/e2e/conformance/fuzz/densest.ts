import { createGenesis } from '@crema/execution'
import { executeTransaction, l2Rules, MAX_STEPS } from '@crema/machine'
import { type Hex, hexToBytes, limits } from '@crema/protocol'
import type { Random } from '../../../../shared/machine/test/block/random-program.ts'
import { config, memoryStore } from '../../../../shared/machine/test/block/support.ts'
import { randomSource } from '../../../../shared/machine/test/trie/support.ts'
import { asm } from '../coverage/asm.ts'
import { callEntry, commonAlloc } from '../coverage/cases/calling.ts'
import { program } from '../coverage/scene.ts'
import type { ReportBuilder } from '../suite.ts'
import { expectPaid, type Paid } from './paid.ts'

/** Random changes, after each statement alone was tried. */
const GENERATIONS = 40
/** Statements of a body. */
const MOST = 60
/** Gas of the runs that are compared, and of the best's last. */
const GAS = 150_000n

const warm = 0xdead0002
/** Statements that leave the stack as it was and want many micro-ops for their gas, or might. */
const statements: readonly string[] = [
  'JUMPDEST',
  'PC POP',
  '0 POP',
  '0 0 0 CALLDATACOPY',
  '1 0 0 CALLDATACOPY',
  '2 0 2047 CALLDATACOPY',
  '4096 0 2047 CALLDATACOPY',
  '1 0 0 CODECOPY',
  '1 0 1 MCOPY',
  '2 1 2047 MCOPY',
  '2048 0 1 MCOPY',
  `1 0 0 ${warm} EXTCODECOPY`,
  `0 0 0 0 0 ${warm} 0 CALL POP`,
  `0 0 0 0 ${warm} 0 STATICCALL POP`,
  `0 0 0 0 ${warm} 0 DELEGATECALL POP`,
  `0 0 0 0 1 ${warm} 0 CALL POP`,
  '0 0 0 0 4 0 STATICCALL POP',
  '0 0 0 0 4 15 STATICCALL POP',
  '2049 0 2049 0 4 1000 STATICCALL POP',
  '4097 2047 4097 0 4 1000 STATICCALL POP',
  '1 0 1 0 4 100 STATICCALL POP',
  '32 0 0 0 2 60 STATICCALL POP',
  '0 0 0 CREATE POP',
  '0 0 0 0 CREATE2 POP',
  '1 0 0 CREATE POP',
  '0 0 LOG0',
  '4097 0 LOG0',
  '32769 0 KECCAK256 POP',
  '33000 0 KECCAK256 POP',
  '0 0 KECCAK256 POP',
  '0 MLOAD POP',
  '0 SLOAD POP',
  '0 0 TSTORE',
  '0 0 SSTORE',
  `0 0 0 0 0 ADDRESS 3000 CALL POP`,
]

/** Looks for the program with the most micro-ops for its gas, by random changes of the best so far; asserts that all of them paid for theirs. */
export async function densest(seed: number, builder: ReportBuilder): Promise<void> {
  const random = randomSource(seed ^ 0xde45e)
  let best = repeated(statements[0]!)
  let density = 0
  for (let i = 0; i < statements.length + GENERATIONS; i++) {
    const alone = statements[i]
    const body = alone === undefined ? changed(best, random) : repeated(alone)
    const paid = await runLoop(body, GAS)
    expectPaid(paid)
    builder.pass('programs that want many micro-ops')
    if (densityOf(paid) < density) continue
    best = body
    density = densityOf(paid)
  }
  const whole = await runLoop(best, limits.maxTransactionGas)
  expectPaid(whole)
  if (whole.steps >= MAX_STEPS) throw new Error(`${whole.steps} micro-ops: ${best.join('; ')}`)
  builder.measure('micro-ops for 1,000 gas', Math.round(1_000 * densityOf(whole)))
  builder.measure('micro-ops of a transaction', whole.steps)
}

function densityOf({ steps, gas }: Paid): number {
  return steps / gas
}

function repeated(statement: string): string[] {
  return new Array<string>(MOST).fill(statement)
}

/** One statement more, less or another, or the body twice. */
function changed(body: readonly string[], random: Random): string[] {
  const at = random() % body.length
  const other = statements[random() % statements.length]!
  switch (random() % 4) {
    case 0:
      return [...body, other].slice(-MOST)
    case 1:
      return body.length > 1 ? body.toSpliced(at, 1) : [other]
    case 2:
      return body.toSpliced(at, 1, other)
    default:
      return [...body, ...body].slice(-MOST)
  }
}

/** Runs the body again and again until gas is out. */
async function runLoop(body: readonly string[], gas: bigint): Promise<Paid> {
  const code: Hex = asm(`again: ${body.join(' ')} @again JUMP`)
  const alloc = { ...commonAlloc, [program]: { nonce: 1n, balance: 10n ** 9n, code } }
  const { header, writes } = await createGenesis({ number: 0n, timestamp: 1_000n, baseFee: 1_000n, alloc }, config)
  const store = memoryStore()
  store.add(writes)
  const block = {
    number: 1n,
    timestamp: 2n,
    coinbase: 3n,
    gasLimit: 30_000_000n,
    baseFee: 1_000n,
    prevRandao: 4n,
    blobBaseFee: 1n,
  }
  const context = { rules: l2Rules(config.chainId), state: store, stateRoot: hexToBytes(header.stateRoot), block }
  const { steps, gasUsed, skip } = executeTransaction(context, callEntry(gas, {}))
  if (skip !== undefined) throw new Error(`skipped: ${skip.detail}`)
  return { steps, gas: gasUsed }
}
