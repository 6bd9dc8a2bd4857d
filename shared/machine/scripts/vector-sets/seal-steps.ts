import { createGenesis, type Genesis, type SealedHeader } from '@crema/execution'
import {
  type Address,
  type BlockState,
  blockStatus,
  bytesToHex,
  createTree,
  type Deposit,
  depositHash,
  encodePayload,
  encodeTransaction,
  type GenesisAccount,
  type Hash,
  type InboxLeaf,
  inboxLeafHash,
  keccak256Hex,
  type LegacyTransaction,
  payloadEntries,
  predeploys,
  recoverSender,
  stateHash,
  txRoot,
} from '@crema/protocol'
import { columns, type Vectors } from '../../../protocol/scripts/vector-sets/columns.ts'
import { createCommitter } from '../../src/commit/committer.ts'
import { proveStep } from '../../src/prove/prove-step.ts'
import { endBlock } from '../../src/run/end-block.ts'
import type { ProvableBlock } from '../../src/run/provable-block.ts'
import { createProvingMachine } from '../../src/run/proving-machine.ts'
import { step } from '../../src/run/step.ts'
import { takeWrites } from '../../src/run/take-writes.ts'
import { type Machine, status } from '../../src/state/machine.ts'
import { microOp } from '../../src/step/micro-op.ts'
import { address, config, deposit, ether, memoryStore, portal, signed, wallet, word } from '../../test/block/support.ts'

/** Blocks whose begin and seal are proven: which positions in key order of a tall one, and all of the others. */
interface Scenario {
  readonly name: string
  readonly raws: readonly Uint8Array[]
  readonly deposits: readonly Deposit[]
  readonly positions: ReadonlySet<number> | undefined
}

type Row = Readonly<Record<string, string | number | bigint>>

const assertion = { startInboxCount: 3n, targetCount: 1_000n, maxGas: 10n ** 12n, maxBlocks: 4_096n }
const names = new Map<number, string>(Object.entries(microOp).map(([name, op]) => [op, name]))
const sender = wallet(1)
const logger = address(0xc0de)

/** Logs of all sizes: nothing, one byte of either kind, one piece, a byte more, three pieces. */
const loggerCode = [
  '5f5fa0', // LOG0, no data
  '60015f53', // MSTORE8(0, 0x01)
  '600360026001' + '60015fa3', // LOG3, its own item
  '60805f53', // MSTORE8(0, 0x80)
  '60015fa0', // LOG0, with a header
  '60096110005fa1', // LOG1, 4,096 bytes
  '600760086110015fa2', // LOG2, 4,097 bytes
  '60046003600260016123285fa4', // LOG4, 9,000 bytes
].join('')

const tiny = Array.from({ length: 24 }, (_, i) => tinyTransaction(60_000n + BigInt(i)))

const alloc: Record<Address, GenesisAccount> = {
  [sender.address]: { balance: 1_000n * ether },
  [logger]: { nonce: 1n, code: `0x${loggerCode}` },
  [predeploys.l2ToL1MessagePasser]: { nonce: 1n, code: '0x00', storage: { [word(1n)]: word(2n) } },
}
for (const transaction of tiny) alloc[recoverSender(transaction)!] = { balance: ether }
const system: Record<Address, GenesisAccount> = {}
for (const contract of [predeploys.beaconRoots, predeploys.historyStorage, predeploys.l1Block])
  system[contract] = { nonce: 1n, code: '0x00' }
const fields = { number: 0n, timestamp: 1_000n, baseFee: 1_000n }
const bare = await createGenesis({ ...fields, alloc }, config)
const full = await createGenesis({ ...fields, alloc: { ...alloc, ...system } }, config)

/**
 * Every step of the begin and seal of blocks without, with one, with a few and with more than 128 transactions; and of a block on a chain without the
 * system's contracts.
 */
export function sealStepVectors(): Vectors {
  const [first] = scenarios()
  return columns([...chainRows(bare, [{ ...first!, name: 'no contracts' }]), ...chainRows(full, scenarios())])
}

function chainRows(genesis: Genesis, list: readonly Scenario[]): Row[] {
  const store = memoryStore()
  store.add(genesis.writes)
  let head: SealedHeader = genesis.header
  let before = stateOf(genesis.header)
  const rows: Row[] = []
  for (const scenario of list) {
    const block = provableBlock(scenario, head, before)
    const { machine: m, nextSegment } = createProvingMachine(block, store)
    do rows.push(...proveSegment(m, block, scenario))
    while (nextSegment())
    before = endBlock(block.before, m.sealed!, assertion)
    store.add(takeWrites(m))
    head = m.sealed!
  }
  return rows
}

function scenarios(): Scenario[] {
  let nonce = 0n
  const call = (to: Address, gasLimit: bigint, data: Uint8Array): Uint8Array => {
    const fields = { chainId: config.chainId, nonce: nonce++, gasLimit, to, value: 1n, data, accessList: [] }
    return signed({ type: 2, ...fields, maxPriorityFeePerGas: 1n, maxFeePerGas: 10n ** 9n }, sender)
  }
  const raw = tiny.map((transaction) => encodeTransaction(transaction))
  const transfer = (): Uint8Array => call(address(0xdead), 100_000n, new Uint8Array(0))
  const long = new Uint8Array(20_000).fill(7)
  const few = [
    ...raw.slice(1, 6),
    call(logger, 1_000_000n, new Uint8Array(0)),
    Uint8Array.of(1, 2, 3),
    ...Array.from({ length: 11 }, transfer),
    call(address(0xdead), 1_000_000n, long),
    call(logger, 60_000n, new Uint8Array(0)),
  ]
  const many = [...Array.from({ length: 120 }, transfer), ...raw.slice(6, 20)]
  return [
    { name: 'no transaction', raws: [], deposits: [], positions: undefined },
    { name: 'one short transaction', raws: raw.slice(0, 1), deposits: [], positions: undefined },
    {
      name: 'a few',
      raws: few,
      deposits: [1, 2].map((i) => deposit(i, { to: logger, gasLimit: 1_000_000n, mint: 5n })),
      positions: undefined,
    },
    { name: 'many', raws: many, deposits: [], positions: new Set([0, 14, 15, 111, 112, 126, 127, 128, 133]) },
  ]
}

/** Runs a segment; proofs of its steps if they are of begin or seal. */
function proveSegment(m: Machine, block: ProvableBlock, { name, positions }: Scenario): Row[] {
  const rows: Row[] = []
  while (m.status === status.running) {
    const { op, i } = m.x
    const isEnough = op >= microOp.sealTransaction && op <= microOp.sealLogData && positions?.has(i) === false
    if (op < microOp.blockBegin || isEnough) {
      step(m)
      continue
    }
    const { proof, before, after } = proveStep(m, createCommitter())
    rows.push({
      name: `${name}: ${names.get(op)}`,
      op,
      inboxCount: block.before.inboxCount,
      inboxRoot: inboxOf(block.before.inboxCount, block.leaf),
      before: bytesToHex(before),
      after: bytesToHex(after),
      ended: op === microOp.sealHeader ? endedHash(m, block) : word(0n),
      proof: bytesToHex(proof),
    })
  }
  return rows
}

/** The state after the block, were it the last of its assertion. */
function endedHash(m: Machine, block: ProvableBlock): Hash {
  return stateHash({ ...endBlock(block.before, m.sealed!, assertion), status: blockStatus.assertionEnd })
}

function provableBlock({ raws, deposits }: Scenario, parent: SealedHeader, before: BlockState): ProvableBlock {
  const payload = encodePayload(raws)
  const queue = createTree([word(5n), ...deposits.map(depositHash)])
  const leaf: InboxLeaf = {
    kind: 0,
    sequencerHeight: 9n,
    timestamp: parent.timestamp + 1n,
    originNumber: 7n,
    originHash: word(0xabcn),
    originTimestamp: 900n,
    originBaseFee: 5n,
    prevRandao: word(77n + before.inboxCount),
    payloadHash: keccak256Hex(payload),
    txCount: BigInt(payloadEntries(payload).length),
    txRoot: txRoot(payload),
    depositStart: 1n,
    depositEnd: BigInt(1 + deposits.length),
    depositRoot: queue.root(),
  }
  const siblings = inboxTree(before.inboxCount, leaf).proof(Number(before.inboxCount))
  const depositSiblings = deposits.map((_, i) => queue.proof(i + 1))
  return { before, parent, leaf, leafSiblings: siblings, payload, deposits, depositSiblings, config, portal, assertion }
}

/** An Inbox whose last leaf is the block's, at position `index`. */
function inboxTree(index: bigint, leaf: InboxLeaf) {
  const tree = createTree(Array.from({ length: Number(index) }, (_, i) => word(BigInt(i + 1))))
  tree.append(inboxLeafHash(leaf))
  return tree
}

function inboxOf(index: bigint, leaf: InboxLeaf): Hash {
  return inboxTree(index, leaf).root()
}

function stateOf({ hash, stateRoot, withdrawalsRoot }: SealedHeader): BlockState {
  return {
    number: 0n,
    blockHash: hash,
    stateRoot,
    withdrawalsRoot: withdrawalsRoot!,
    inboxCount: 3n,
    gasSinceAssertionStart: 0n,
    status: blockStatus.blockEnd,
  }
}

/** 16 bytes, shorter than a hash: an empty creation by whoever the signature r = s = 1 makes its sender. */
function tinyTransaction(gasLimit: bigint): LegacyTransaction {
  return {
    type: 0,
    chainId: undefined,
    v: 27n,
    yParity: 0,
    r: 1n,
    s: 1n,
    nonce: 0n,
    gasPrice: 10n ** 9n,
    gasLimit,
    to: undefined,
    value: 0n,
    data: new Uint8Array(0),
  }
}
