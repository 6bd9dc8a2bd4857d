import {
  bytesToHex,
  encodeTransaction,
  hexToBytes,
  predeploys,
  privateKeyToAddress,
  type StateReader,
  signTransaction,
} from '@crema/protocol'
import { account, columns, noise, type Vectors, word } from '../../../protocol/scripts/vector-sets/columns.ts'
import type { StepProof } from '../../src/prove/prove-step.ts'
import { proveTransaction } from '../../src/prove/prove-transaction.ts'
import { createMachine } from '../../src/run/create-machine.ts'
import { takeWrites } from '../../src/run/take-writes.ts'
import { writeAccount } from '../../src/state/accounts.ts'
import { keepCode } from '../../src/state/code.ts'
import { l2Rules } from '../../src/state/make-rules.ts'
import { writeStorage } from '../../src/state/storage.ts'
import { microOp } from '../../src/step/micro-op.ts'
import { emptyRoot } from '../../src/trie/node.ts'

const chainId = 901n
const number = 9_000n
const key = hexToBytes(word('key of the sender'))
const sender = BigInt(privateKeyToAddress(key))
const named = (name: string): bigint => BigInt(account(name))
const absent = named('absent')

/** Opcodes of OspMem and of OspState. */
const memory: ReadonlySet<number> = new Set([
  0x20, 0x37, 0x39, 0x3e, 0x51, 0x52, 0x53, 0x5e, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4,
])
const state: ReadonlySet<number> = new Set([0x31, 0x3b, 0x3c, 0x3f, 0x40, 0x47, 0x54, 0x55, 0x5c, 0x5d])

/** Code that pushes the operands, of which the opcode takes the first from the top, and executes it. */
function run(opcode: number, ...operands: readonly (number | bigint)[]): string {
  const pushes = operands.toReversed().map((operand) => {
    const digits = operand.toString(16)
    const bytes = digits.length % 2 === 0 ? digits : `0${digits}`
    return operand === 0 || operand === 0n ? '5f' : (0x5f + bytes.length / 2).toString(16) + bytes
  })
  return pushes.join('') + opcode.toString(16).padStart(2, '0')
}

const POP = '50'

/** What is called by name beside the programs, and its code. */
const helpers: Readonly<Record<string, string>> = {
  replier: run(0x52, 100, 77) + run(0xf3, 5, 3_000),
  writer: run(0x55, 1, 1),
  noter: run(0xa0, 0, 0),
  keeper: run(0x5d, 1, 1),
  reader: run(0x54, 1),
  library: Buffer.from(noise('library', 200)).toString('hex'),
}

const gas = 100_000

/** Programs that execute all opcodes of the two families in many ways; all but the last in each leave the frame running. */
const programs: Readonly<Record<string, string>> = {
  copies: [
    run(0x37, 100, 10, 3_500),
    run(0x37, 0, 5_000, 10),
    run(0x37, 0, 2n ** 255n, 1),
    run(0x39, 4_000, 1, 40),
    run(0x39, 4_000, 9_999, 3),
    run(0x5e, 3_000, 100, 2_500),
    run(0x5e, 50, 3_000, 2_100),
    run(0x5e, 2n ** 255n, 7, 0),
    run(0x3c, named('library'), 10, 1, 300),
    run(0x3c, absent, 10, 1, 5),
    run(0x3e, 0, 0, 0),
    run(0x51, 77) + POP,
    run(0x51, 9_000) + POP,
    run(0x53, 31, 0x1ff),
    run(0x52, 33, 2n ** 256n - 1n),
    run(0x52, 2n ** 32n, 1),
  ].join(''),
  'returned data': [
    run(0xf1, gas, named('replier'), 0, 0, 0, 2_000, 100) + POP,
    run(0x3e, 200, 30, 2_900),
    run(0x3e, 0, 2_999, 2),
  ].join(''),
  logs: [
    run(0x37, 0, 0, 3_000),
    run(0xa0, 0, 0),
    run(0xa1, 9_500, 1, 1),
    run(0xa1, 0, 1, 1),
    run(0xa2, 1, 4_096, 1, 2n ** 255n),
    run(0xa3, 0, 4_097, 1, 2, 3),
    run(0xa4, 1, 9_000, 1, 2, 3, 4),
    run(0xa0, 0, 2n ** 33n),
  ].join(''),
  hashes: [
    run(0x37, 0, 0, 3_000),
    run(0x20, 2n ** 255n, 0) + POP,
    run(0x20, 31, 100) + POP,
    run(0x20, 7, 33_000) + POP,
    run(0x20, 0, 2n ** 32n),
  ].join(''),
  state: [
    run(0x55, 1, 5),
    run(0x55, 2, 0),
    run(0x55, 2, 7),
    run(0x55, 2, 8),
    run(0x55, 2, 8),
    run(0x55, 1, 0),
    run(0x54, 2) + POP,
    run(0x54, 9) + POP,
    run(0x5d, 1, 2),
    run(0x5c, 1) + POP,
    run(0x5d, 1, 0),
    run(0x5c, 5) + POP,
    run(0x31, absent) + POP,
    run(0x31, sender) + POP,
    run(0x31, 4) + POP,
    run(0x47) + POP,
    run(0x3b, named('library')) + POP,
    run(0x3b, absent) + POP,
    run(0x3f, named('library')) + POP,
    run(0x3f, sender) + POP,
    run(0x3f, absent) + POP,
    run(0x40, number - 1n) + POP,
    run(0x40, number) + POP,
    run(0x40, number - 256n) + POP,
    run(0x40, number - 257n) + POP,
    // Under the stipend.
    run(0xf1, 2_300, named('writer'), 0, 0, 0, 0, 0) + POP,
  ].join(''),
  halts: [
    ...['writer', 'noter', 'keeper'].map((name) => run(0xfa, gas, named(name), 0, 0, 0, 0) + POP),
    run(0xf1, 1_000, named('reader'), 0, 0, 0, 0, 0) + POP,
    run(0xf1, 5_000, named('writer'), 0, 0, 0, 0, 0) + POP,
  ].join(''),
}

/** Steps of memory, logs, hashes, state and accounts: state before, proof, state after. `part` is 0 for OspMem, 1 for OspState. */
export function memStateStepVectors(): Vectors {
  const rows: { name: string; part: number; before: string; after: string; proof: string }[] = []
  for (const program of Object.keys(programs)) {
    let absorbed = 0
    for (const { op, opcode, before, proof, after } of prove(program)) {
      if (op === microOp.kecAbsorb && absorbed++ % 7 !== 0) continue
      const part = partOf(op, opcode)
      if (part === undefined) continue
      const what = opcode === undefined ? `micro-op ${op}` : `opcode 0x${opcode.toString(16)}`
      const [from, proven, to] = [bytesToHex(before), bytesToHex(proof), bytesToHex(after)]
      rows.push({ name: `${program}: ${what}`, part, before: from, after: to, proof: proven })
    }
  }
  return columns(rows)
}

function partOf(op: number, opcode: number | undefined): number | undefined {
  if (opcode === undefined) return op >= microOp.copyChunk && op <= microOp.logChunk ? 0 : undefined
  if (memory.has(opcode)) return 0
  return state.has(opcode) ? 1 : undefined
}

function prove(program: string): Generator<StepProof> {
  const { store, root } = genesis()
  const message = { nonce: 0n, gasLimit: 3_000_000n, value: 3n, data: noise('data', 3_000), accessList: [] }
  const fees = { maxPriorityFeePerGas: 1n, maxFeePerGas: 2_000n }
  const raw = encodeTransaction(signTransaction({ type: 2, chainId, to: account(program), ...message, ...fees }, key))
  const coinbase = BigInt(predeploys.sequencerFeeVault)
  const block = {
    number,
    timestamp: 1_000n,
    coinbase,
    gasLimit: 30_000_000n,
    baseFee: 1_000n,
    prevRandao: 1n,
    blobBaseFee: 1n,
  }
  return proveTransaction({ rules: l2Rules(chainId), state: store, stateRoot: root, block }, raw)
}

/** The sender, the programs and helpers, and the hashes of earlier blocks. */
function genesis(): { readonly store: StateReader; readonly root: Uint8Array } {
  const m = createMachine(l2Rules(chainId), { node: () => undefined, code: () => undefined }, emptyRoot)
  const put = (address: bigint, balance: bigint, code: string): void =>
    writeAccount(m, address, {
      nonce: code === '' ? 0n : 1n,
      balance,
      storageRoot: emptyRoot,
      codeHash: keepCode(m, hexToBytes(`0x${code}`)),
    })
  put(sender, 10n ** 18n, '')
  for (const [name, code] of Object.entries({ ...programs, ...helpers })) put(named(name), 5n, code)
  writeStorage(m, named('state'), 2n, 7n)
  writeStorage(m, named('state'), 3n, 2n ** 200n)
  const history = BigInt(predeploys.historyStorage)
  put(history, 0n, '00')
  for (const age of [1n, 2n, 256n, 257n])
    writeStorage(m, history, (number - age) % 8_191n, BigInt(word(`block ${age}`)))
  const { nodes, codes, root } = takeWrites(m)
  const nameOf = (hash: Uint8Array): string => bytesToHex(hash).slice(2)
  return { store: { node: (hash) => nodes.get(nameOf(hash)), code: (hash) => codes.get(nameOf(hash)) }, root }
}
