import {
  type Address,
  bigIntToBytes,
  bytesToHex,
  concatBytes,
  encodeTransaction,
  hexToBytes,
  keccak256,
  predeploys,
  privateKeyToAddress,
  type StateReader,
  signTransaction,
} from '@crema/protocol'
import { columns, noise, type Vectors } from '../../../protocol/scripts/vector-sets/columns.ts'
import {
  commit,
  emptyCodeHash,
  emptyRoot,
  l2Rules,
  microOp,
  openTrie,
  proveTransaction,
  type StepProof,
  setAccount,
} from '../../src/index.ts'

/** How a call of a precompile comes about. `opcode` undefined: by the transaction itself. */
interface Call {
  readonly name: string
  readonly target: number
  readonly input: Uint8Array
  readonly opcode?: number
  /** Wei. */
  readonly value?: number
  /** Gas of the call; the transaction's own has more than enough. */
  readonly gas?: number
  /** Bytes of memory that take what is returned. */
  readonly window?: number
}

const CALL = 0xf1
const CALLCODE = 0xf2
const DELEGATECALL = 0xf4
const STATICCALL = 0xfa
const names = new Map([
  [CALL, 'CALL'],
  [CALLCODE, 'CALLCODE'],
  [DELEGATECALL, 'DELEGATECALL'],
  [STATICCALL, 'STATICCALL'],
])

const key = noise('precompile caller', 32)
const sender = privateKeyToAddress(key)
const contract: Address = '0x00000000000000000000000000000000000c0de0'
const rules = l2Rules(4_242n)

/** Steps of calls of precompiles, as a whole machine comes to them: state before, state after, proof. */
export function precompileStepVectors(): Vectors {
  return columns(calls().flatMap((call) => stepsOf(call).map((step, i) => row(call, step, i))))
}

function row(call: Call, { before, after, proof }: StepProof, index: number) {
  const caller = call.opcode === undefined ? 'transaction' : names.get(call.opcode)!
  return {
    name: `${call.name}, by ${caller}, step ${index}`,
    before: bytesToHex(before),
    after: bytesToHex(after),
    proof: bytesToHex(proof),
  }
}

function calls(): Call[] {
  const some = noise('input', 100)
  const badPoint = noise('point', 128)
  const each = [undefined, CALL, CALLCODE, DELEGATECALL, STATICCALL].map((opcode) =>
    opcode === undefined ? {} : { opcode },
  )
  const inputs: Call[] = [
    { name: 'ecrecover of noise', target: 1, input: noise('signature', 128) },
    { name: 'sha256', target: 2, input: some, window: 40 },
    { name: 'ripemd160 of nothing', target: 3, input: new Uint8Array(0), window: 20 },
    { name: 'modexp', target: 5, input: concatBytes(word(3), word(2), word(33), noise('modexp', 38)), window: 31 },
    { name: 'bn254Add of no points', target: 6, input: badPoint, window: 64 },
    { name: 'identity of nothing', target: 4, input: new Uint8Array(0), window: 5 },
    { name: 'identity of 2,049 bytes', target: 4, input: noise('identity', 2_049), window: 3_000 },
  ]
  return [
    ...inputs.flatMap((input) => each.map((by) => ({ ...input, ...by }))),
    { name: 'value to sha256', target: 2, input: some, value: 7 },
    { name: 'value to sha256', target: 2, input: some, value: 7, opcode: CALL },
    { name: 'value to bn254Add, which fails', target: 6, input: badPoint, value: 7 },
    { name: 'value to bn254Add, which fails', target: 6, input: badPoint, value: 7, opcode: CALL },
    ...[83, 84, 85].flatMap((gas) =>
      each.slice(1, 3).map((by) => ({ name: `sha256 for ${gas} gas`, target: 2, input: noise('two', 33), gas, ...by })),
    ),
    ...[17, 18].flatMap((gas) =>
      each
        .slice(1, 3)
        .map((by) => ({ name: `identity for ${gas} gas`, target: 4, input: noise('one', 32), gas, ...by })),
    ),
    ...[2_047, 2_048, 4_096, 5_000].map((size) => {
      return { name: `identity of ${size} bytes`, target: 4, input: noise('long', size), opcode: STATICCALL }
    }),
    { name: 'p256Verify of noise', target: 0x100, input: noise('p256', 160), opcode: STATICCALL },
    {
      name: 'blake2f',
      target: 9,
      input: concatBytes(Uint8Array.of(0, 0, 0, 12), noise('b', 208), word(1).subarray(31)),
    },
    {
      name: 'bls12MapG1',
      target: 16,
      input: concatBytes(new Uint8Array(17), noise('field', 47)),
      opcode: CALL,
      window: 99,
    },
    { name: 'bls12G1Add of infinity', target: 11, input: new Uint8Array(256), opcode: CALL, window: 128 },
    { name: 'blake2f above the limit', target: 9, input: concatBytes(word(0).fill(255, 0, 4), new Uint8Array(181)) },
  ]
}

/** The steps of the call itself. */
function stepsOf(call: Call): StepProof[] {
  const { state, root } = stateOf(call)
  const block = {
    number: 5n,
    timestamp: 1_700_000_000n,
    coinbase: BigInt(predeploys.sequencerFeeVault),
    gasLimit: 30_000_000n,
    baseFee: 1_000n,
    prevRandao: 99n,
    blobBaseFee: 1n,
  }
  const context = { rules, state, stateRoot: root, block }
  return [...proveTransaction(context, transactionOf(call))].filter(
    ({ op }) => op === microOp.precompile || op === microOp.identityChunk,
  )
}

function transactionOf({ target, input, opcode, value = 0, gas = 1_000_000 }: Call): Uint8Array {
  const fields = {
    chainId: rules.chainId,
    nonce: 0n,
    to: opcode === undefined ? addressOf(target) : contract,
    value: BigInt(opcode === undefined ? value : 0),
    gasLimit: opcode === undefined ? 21_000n + BigInt(tokens(input) * 4 + gas) : 2_000_000n,
    data: input,
  }
  const transaction = { type: 2, ...fields, accessList: [], maxPriorityFeePerGas: 1n, maxFeePerGas: 10n ** 9n } as const
  return encodeTransaction(signTransaction(transaction, key))
}

/** What EIP-2028 and EIP-7623 count: 1 for a zero byte, 4 for any other. */
function tokens(data: Uint8Array): number {
  return data.reduce((sum, byte) => sum + (byte === 0 ? 1 : 4), 0)
}

/** A rich sender, and a contract that passes its call data on from byte 5 of its memory. */
function stateOf(call: Call): { readonly state: StateReader; readonly root: Uint8Array } {
  const code = codeOf(call)
  const empty = { nonce: 0n, balance: 10n ** 18n, storageRoot: emptyRoot, codeHash: emptyCodeHash }
  const nothing: StateReader = { node: () => undefined, code: () => undefined }
  let trie = openTrie(emptyRoot)
  trie = setAccount(nothing, trie, hexToBytes(sender), empty)
  trie = setAccount(nothing, trie, hexToBytes(contract), { ...empty, nonce: 1n, codeHash: keccak256(code) })
  const { root, nodes } = commit(trie)
  return { root, state: { node: (hash) => nodes.get(bytesToHex(hash).slice(2)), code: () => code } }
}

function codeOf({ target, opcode = CALL, value = 0, gas = 1_000_000, window = 0 }: Call): Uint8Array {
  const takesValue = opcode === CALL || opcode === CALLCODE
  // With value the callee gets 2,300 gas beside what it is given.
  const given = value > 0 ? gas - 2_300 : gas
  return concatBytes(
    // CALLDATACOPY(5, 0, CALLDATASIZE)
    Uint8Array.of(0x36, 0x5f, 0x60, 5, 0x37),
    push(window),
    push(3),
    Uint8Array.of(0x36, 0x60, 5),
    takesValue ? push(value) : new Uint8Array(0),
    push(target),
    push(given),
    Uint8Array.of(opcode, 0x00),
  )
}

function push(value: number): Uint8Array {
  return concatBytes(Uint8Array.of(0x7f), word(value))
}

function word(value: number): Uint8Array {
  return bigIntToBytes(BigInt(value), 32)
}

function addressOf(value: number): Address {
  return bytesToHex(word(value).subarray(12)) as Address
}
