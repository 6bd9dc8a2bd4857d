import { createGenesis, type SealedHeader } from '@crema/execution'
import {
  type Address,
  type Authorization,
  type BlockInput,
  bytesToHex,
  concatBytes,
  type Deposit,
  encodePayload,
  encodeRlp,
  type GenesisAccount,
  hexToBytes,
  integerToRlp,
  keccak256,
  keccak256Hex,
  payloadEntries,
  predeploys,
  sign,
  type UnsignedTransaction,
} from '@crema/protocol'
import { createMachine } from '../../src/run/create-machine.ts'
import { readableEntries, startBegin, startDeposit, startEntry, startSeal } from '../../src/run/segments.ts'
import { step } from '../../src/run/step.ts'
import { takeWrites } from '../../src/run/take-writes.ts'
import { type Anchors, type Machine, status } from '../../src/state/machine.ts'
import { l2Rules } from '../../src/state/make-rules.ts'
import { type Random, randomProgram } from '../block/random-program.ts'
import {
  address,
  config,
  deposit,
  ether,
  type MemoryStore,
  memoryStore,
  portal,
  signed,
  wallet,
  word,
} from '../block/support.ts'
import { randomBytes } from '../trie/support.ts'

const wallets = [1, 2, 3].map(wallet)
const programs = Array.from({ length: 6 }, (_, i) => address(0xc000 + i))
export const longProgram: Address = address(0xd000)

/** A program of long operations: hashes, logs, copies of all kinds, identity, a creation that returns code. */
const longCode = [
  '6001600052', // MSTORE(0, 1)
  '7f'.padEnd(66, 'ab'), // PUSH32
  '611f4152', // MSTORE(8001)
  '60ff6120005360aa614000', // MSTORE8(8192), and a word that stays
  '61a0005f2050', // keccak256 of 40,960 bytes, with its memory
  '6102036102046123285fa2', // LOG2 of 9,000 bytes
  '6110005fa0', // LOG0 of 4,096 bytes
  '5f5fa0', // LOG0 of nothing
  '611388601060205e', // MCOPY downwards
  '611388602060105e', // MCOPY upwards
  '6113885f61010039', // CODECOPY beyond the code
  '611388600361200037', // CALLDATACOPY beyond the data
  '61100060055f3073d00000000000000000000000000000000000d0003c50', // EXTCODECOPY
  '610bb85f6113886003600460fffffa50', // identity of 5,000 bytes, 3,000 of them kept
  '610bb85f611388600360045afa50',
  '6110006001613000' + '3e', // RETURNDATACOPY
  '5f5f60205f60025afa50', // sha256
  '6960015f5260015f60006000f05f526016600a5ff050', // CREATE
  '5f5f5f5f73000000000000000000000000000000000000c0015af450', // DELEGATECALL
  '6120005f' + 'fd', // REVERT
].join('')

/** A chain of one machine that is driven micro-op by micro-op. */
export interface Chain {
  readonly store: MemoryStore
  readonly machine: Machine
  head: SealedHeader
  inboxCount: bigint
  gasBefore: bigint
}

export async function createChain(random: Random): Promise<Chain> {
  const targets = [...programs, ...programs, ...[1, 2, 3, 4, 5, 6, 9].map((i) => address(i)), address(0xdead)]
  const alloc: Record<Address, GenesisAccount> = {}
  for (const { address: owner } of wallets) alloc[owner] = { balance: 100n * ether }
  for (const program of programs) {
    alloc[program] = { nonce: 1n, balance: 3n, code: randomProgram(random, targets, 4 + (random() % 20)) }
  }
  alloc[longProgram] = { nonce: 1n, code: `0x${longCode}` }
  for (const system of [predeploys.beaconRoots, predeploys.historyStorage, predeploys.l1Block])
    alloc[system] = { nonce: 1n, code: '0x00' }
  const genesis = await createGenesis({ number: 0n, timestamp: 1_000n, baseFee: 1_000n, alloc }, config)
  const store = memoryStore()
  store.add(genesis.writes)
  const machine = createMachine(l2Rules(config.chainId), store, hexToBytes(genesis.header.stateRoot))
  return { store, machine, head: genesis.header, inboxCount: 5n, gasBefore: 7n }
}

/** Calls of programs with random data, creations of random code, an access list, a failing entry. */
export function makeEntries(random: Random, nonces: bigint[], count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => {
    if (random() % 9 === 0) return randomBytes(random, 40)
    const sender = random() % wallets.length
    const isCreation = random() % 6 === 0
    const to = random() % 4 === 0 ? longProgram : programs[random() % programs.length]!
    const fields = {
      chainId: config.chainId,
      nonce: nonces[sender]!++,
      gasLimit: BigInt([60_000, 400_000, 2_000_000][random() % 3]!),
      to: isCreation ? undefined : to,
      value: BigInt(random() % 2),
      data: isCreation ? hexToBytes(randomProgram(random, programs, 5)) : randomBytes(random, random() % 300),
      accessList: [{ address: programs[i % 6]!, storageKeys: [word(1n), word(BigInt(i))] }],
    }
    const transaction: UnsignedTransaction = { type: 2, ...fields, maxPriorityFeePerGas: 1n, maxFeePerGas: 10n ** 9n }
    return signed(transaction, wallets[sender]!)
  })
}

/** A transaction of the third wallet with three authorizations: a program and a delegation of it that hold, and one of another chain. */
export function makeAuthorized(nonce: bigint): Uint8Array {
  const authorizationList = [programs[0]!, address(0), longProgram].map((target, i): Authorization => {
    const chainId = i === 2 ? 5n : config.chainId
    const own = BigInt(i)
    const fields = encodeRlp([integerToRlp(chainId), hexToBytes(target), integerToRlp(own)])
    const { r, s, yParity } = sign(keccak256Hex(concatBytes(Uint8Array.of(5), fields)), wallet(9).key)
    return { chainId, address: target, nonce: own, yParity: BigInt(yParity), r, s }
  })
  const fees = { maxPriorityFeePerGas: 1n, maxFeePerGas: 10n ** 9n, gasLimit: 900_000n, value: 0n }
  const call = { to: wallet(9).address, data: new Uint8Array(33).fill(7), accessList: [] }
  const fields = { chainId: config.chainId, nonce, ...fees, ...call, authorizationList }
  return signed({ type: 4, ...fields }, wallets[2]!)
}

export function makeDeposit(random: Random, index: number): Deposit {
  const to = random() % 3 === 0 ? undefined : random() % 3 === 0 ? longProgram : programs[random() % 6]!
  return deposit(index, {
    from: programs[random() % 6]!,
    to,
    mint: BigInt(random() % 2) * ether,
    value: BigInt(random() % 3),
    gasLimit: BigInt([21_000, 500_000, 2_000_000][random() % 3]!),
    data: randomBytes(random, random() % 80),
  })
}

/** Runs the next block; `before` and `after` are called around every micro-op, `between` with each segment's first micro-op due. */
export function runBlock(
  chain: Chain,
  entries: readonly Uint8Array[],
  deposits: readonly Deposit[],
  { before, after, between }: Watch,
): void {
  const { machine: m, head } = chain
  const input: BlockInput = {
    number: head.number + 1n,
    timestamp: head.timestamp + 1n,
    prevRandao: word(head.number + 77n),
    origin: { number: 7n + head.number, hash: word(0xabcn), timestamp: 900n, baseFee: 5n },
    deposits,
    payload: encodePayload(entries),
  }
  startBegin(m, { parent: head, input, config, portal, anchors: anchorsOf(chain, input) })
  const run = (): void => {
    between()
    while (m.status === status.running) {
      before()
      step(m)
      after()
    }
  }
  run()
  for (let i = 0; i < deposits.length; i++) {
    startDeposit(m)
    run()
  }
  for (const each of payloadEntries(input.payload).slice(0, readableEntries(deposits.length))) {
    startEntry(m, each)
    run()
  }
  startSeal(m)
  run()
  chain.store.add(takeWrites(m))
  chain.head = m.sealed!
  chain.inboxCount++
  chain.gasBefore += m.b.cumulativeGas
}

export interface Watch {
  readonly before: () => void
  readonly after: () => void
  readonly between: () => void
}

function anchorsOf({ head, inboxCount, gasBefore }: Chain, { origin, deposits, payload }: BlockInput): Anchors {
  return {
    originNumber: origin.number,
    originHash: hexToBytes(origin.hash),
    originTimestamp: origin.timestamp,
    originBaseFee: origin.baseFee,
    parentHash: hexToBytes(head.hash),
    txCount: BigInt(payloadEntries(payload).length),
    txRoot: keccak256(payload),
    depositStart: 3n,
    depositEnd: 3n + BigInt(deposits.length),
    depositRoot: keccak256(Uint8Array.of(1)),
    inboxCount,
    gasBefore,
    portal: BigInt(portal),
    startInboxCount: 5n,
    targetCount: 8n,
    maxGas: 10n ** 9n,
    maxBlocks: 4_096n,
  }
}

/** A hash as text: assertions on it are fast. */
export const text = bytesToHex
