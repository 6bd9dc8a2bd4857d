import { bytesToHex, concatBytes, hexToBytes, keccak256, stateHash, tags } from '@crema/protocol'
import { expect, it } from 'vitest'
import { createCommitter } from '../../src/commit/committer.ts'
import { rootOfRange } from '../../src/commit/range-proof.ts'
import { createMachineExecutor, endBlock } from '../../src/index.ts'
import { proveStep, type StepProof } from '../../src/prove/prove-step.ts'
import { proveTransaction } from '../../src/prove/prove-transaction.ts'
import { inputOf } from '../../src/run/provable-block.ts'
import { createProvingMachine } from '../../src/run/proving-machine.ts'
import { runToStep } from '../../src/run/step.ts'
import { status } from '../../src/state/machine.ts'
import { l2Rules } from '../../src/state/make-rules.ts'
import { minStack } from '../../src/step/opcodes.ts'
import { makeAlloc, makeDeposit, makeEntry, wallets } from '../block/random-block.ts'
import type { Random } from '../block/random-program.ts'
import { config, portal } from '../block/support.ts'
import { randomBytes, randomSource } from '../trie/support.ts'
import { callLongProgram, longAccount, longProgram } from './long-program.ts'
import { type Opening, readOpening } from './read-opening.ts'
import { createProvenChain, nextBlock } from './support.ts'

const MLOAD = 0x51
const MSTORE8 = 0x53
const hex = (bytes: Uint8Array): string => bytesToHex(bytes)
const isAlu = (op: number): boolean =>
  (op > 0 && op <= 0x1e) || op === 0x50 || (op >= 0x56 && op <= 0x5b) || (op >= 0x5f && op <= 0x9f)

/** Checks code and stack words of an opcode; returns the rest of its tape, or undefined where the stack is not opened. */
function readOpcode({ tape, sections, stackHash, packed }: Opening, op: number): Uint8Array {
  let at = 0
  const codeHash = sections[3]![7]!
  const length =
    hex(codeHash) === hex(keccak256(new Uint8Array(0))) ? 0 : new DataView(tape.slice(0, 4).buffer).getUint32(0)
  if (length > 0) {
    expect(hex(keccak256(tape.subarray(4, 4 + length)))).toBe(hex(codeHash))
    const pc = Number(packed & 0xffff_ffffn)
    expect(pc < length ? tape[4 + pc] : 0).toBe(op)
    at = 4 + length
  }
  if (minStack[op] === 0 || at === tape.length) return tape.subarray(at)
  let hash = tape.subarray(at, at + 32)
  for (let i = 1; i <= minStack[op]!; i++) {
    hash = keccak256(concatBytes(hexToBytes(tags.stackWord), hash, tape.subarray(at + 32 * i, at + 32 * i + 32)))
  }
  expect(hex(hash)).toBe(hex(stackHash))
  return tape.subarray(at + 32 * (minStack[op]! + 1))
}

function check({ proof, before, opcode }: StepProof): void {
  const opening = readOpening(proof)
  expect(hex(opening.hash)).toBe(hex(before))
  if (opcode === undefined) return
  // A frame that ends has its caller on the tape, and T open.
  const goesOn = opening.sections[2] === undefined
  if (!goesOn) return
  const rest = readOpcode(opening, opcode)
  if (isAlu(opcode)) expect(rest.length).toBe(0)
  if (opcode >= MLOAD && opcode <= MSTORE8) checkRange(opening, opcode, rest)
}

/** MLOAD, MSTORE, MSTORE8: the words that they touch lead to the memory's root. */
function checkRange({ tape, memRoot }: Opening, opcode: number, rest: Uint8Array): void {
  const top = tape.subarray(tape.length - rest.length - 32, tape.length - rest.length)
  const offset = Number(BigInt(bytesToHex(top)))
  const first = Math.floor(offset / 32)
  const count = Math.floor((offset + (opcode === MSTORE8 ? 0 : 31)) / 32) - first + 1
  const { root, length } = rootOfRange(17, first, rest.subarray(0, 32 * count), rest.subarray(32 * count))
  expect(hex(root)).toBe(hex(memRoot))
  expect(32 * count + length).toBe(rest.length)
}

/** A call of long operations, then anything. */
function someEntries(random: Random, nonces: bigint[]): Uint8Array[] {
  const long = callLongProgram(nonces[0]!++)
  return [long, ...Array.from({ length: 3 }, () => makeEntry(random, nonces)), randomBytes(random, 30)]
}

it.each([1, 2, 3])(
  'every step of a block, from one BlockState to the next (seed %i)',
  async (seed) => {
    const random = randomSource(seed)
    const chain = await createProvenChain({ ...makeAlloc(random), [longProgram]: longAccount })
    const nonces = wallets.map(() => 0n)
    for (let b = 0; b < 2; b++) {
      const deposits = Array.from({ length: random() % 3 }, (_, i) => makeDeposit(random, i + 1))
      const block = nextBlock(chain, someEntries(random, nonces), deposits)
      const executor = createMachineExecutor({ config, state: chain.store, portal })
      const { block: expected, writes, steps } = executor.executeBlock(chain.head, inputOf(block))
      const { machine: m, nextSegment } = createProvingMachine(block, chain.store)
      const c = createCommitter()
      let state = stateHash(block.before)
      const counted: number[] = []
      do {
        let count = 0
        while (m.status === status.running) {
          const step = proveStep(m, c)
          expect(bytesToHex(step.before)).toBe(state)
          check(step)
          state = bytesToHex(step.after)
          count++
        }
        counted.push(count)
      } while (nextSegment())
      expect(counted).toEqual(steps)
      expect(m.sealed).toEqual({ ...expected.header, hash: expected.hash })
      chain.before = endBlock(block.before, m.sealed!, block.assertion)
      expect(state).toBe(stateHash(chain.before))
      chain.store.add(writes)
      chain.head = m.sealed!
    }
  },
  120_000,
)

it('proves a step in the middle of a segment with no more than the steps before it run', async () => {
  const random = randomSource(9)
  const chain = await createProvenChain({ ...makeAlloc(random), [longProgram]: longAccount })
  const block = nextBlock(
    chain,
    someEntries(
      random,
      wallets.map(() => 0n),
    ),
    [makeDeposit(random, 1)],
  )
  const all = createProvingMachine(block, chain.store)
  const c = createCommitter()
  for (let segment = 0; segment === 0 || all.nextSegment(); segment++) {
    for (let k = 0; all.machine.status === status.running; k++) {
      const expected = proveStep(all.machine, c)
      if (k % 17 !== 3) continue
      const one = createProvingMachine(block, chain.store)
      for (let i = 0; i < segment; i++) {
        runToStep(one.machine, Number.POSITIVE_INFINITY)
        one.nextSegment()
      }
      expect(runToStep(one.machine, k)).toBe(k)
      expect(proveStep(one.machine)).toEqual(expected)
    }
  }
}, 120_000)

it('a transaction on its own', async () => {
  const random = randomSource(4)
  const chain = await createProvenChain({ ...makeAlloc(random), [longProgram]: longAccount })
  const raws = someEntries(
    random,
    wallets.map(() => 0n),
  )
  for (const raw of raws) {
    const block = {
      number: 1n,
      timestamp: 2_000n,
      coinbase: BigInt('0x4200000000000000000000000000000000000011'),
      gasLimit: 30_000_000n,
      baseFee: 1_000n,
      prevRandao: 5n,
      blobBaseFee: 1n,
    }
    const context = {
      rules: l2Rules(config.chainId),
      state: chain.store,
      stateRoot: hexToBytes(chain.head.stateRoot),
      block,
    }
    let last: string | undefined
    for (const step of proveTransaction(context, raw)) {
      if (last !== undefined) expect(bytesToHex(step.before)).toBe(last)
      check(step)
      last = bytesToHex(step.after)
    }
    expect(last).toBeDefined()
  }
}, 60_000)
