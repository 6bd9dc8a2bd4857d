import {
  type Address,
  type Authorization,
  bytesToHex,
  concatBytes,
  createTree,
  type Deposit,
  depositHash,
  encodePayload,
  encodeRlp,
  encodeTransaction,
  entryProof,
  hexToBytes,
  integerToRlp,
  keccak256Hex,
  payloadEntries,
  predeploys,
  privateKeyToAddress,
  sign,
  signTransaction,
  txRoot,
  type UnsignedTransaction,
} from '@crema/protocol'
import { account, columns, noise, type Vectors, word } from '../../../protocol/scripts/vector-sets/columns.ts'
import { createCommitter } from '../../src/commit/committer.ts'
import { proveStep, type StepProof } from '../../src/prove/prove-step.ts'
import { createMachine } from '../../src/run/create-machine.ts'
import { startDeposit, startEntry } from '../../src/run/segments.ts'
import { writeAccount } from '../../src/state/accounts.ts'
import { delegationTo, keepCode } from '../../src/state/code.ts'
import { type Machine, status } from '../../src/state/machine.ts'
import { l2Rules } from '../../src/state/make-rules.ts'
import { writeStorage } from '../../src/state/storage.ts'
import { microOp } from '../../src/step/micro-op.ts'
import { emptyRoot } from '../../src/trie/node.ts'

const chainId = 901n
const ether = 10n ** 18n
const baseFee = 1_000n
const portal = account('portal')
const DEPOSIT_START = 3
const nothing = new Uint8Array(0)

/** Transactions of which the steps are kept that do the same in most. */
const whole: ReadonlySet<string> = new Set([
  'deposit, to nobody',
  'access list, refund',
  'transfer without tip',
  'logs',
])

const names = Object.fromEntries(Object.entries(microOp).map(([name, op]) => [op, name]))

/** Steps of the transaction family in a block of deposits and entries of all sorts: state before, proof, state after. */
export function txStepVectors(): Vectors {
  const rows: { name: string; op: number; before: string; after: string; proof: string }[] = []
  for (const [segment, { op, before, proof, after }] of steps()) {
    if (op < microOp.txLoad || op > microOp.depositMint || (isPlain(op) && !whole.has(segment))) continue
    rows.push({
      name: `${segment}: ${names[op]!}`,
      op,
      before: bytesToHex(before),
      after: bytesToHex(after),
      proof: bytesToHex(proof),
    })
  }
  return columns(rows)
}

/** Micro-ops that do the same in most transactions. */
function isPlain(op: number): boolean {
  return [microOp.txWarm, microOp.txTip, microOp.txBaseFee, microOp.txReceipt].includes(op as never)
}

function* steps(): Generator<[string, StepProof]> {
  const m = createMachine(l2Rules(chainId), { node: () => undefined, code: () => undefined }, emptyRoot)
  fillState(m)
  const entries = makeEntries()
  const deposits = makeDeposits()
  prepareBlock(
    m,
    entries.map(([, raw]) => raw),
    deposits.map(([, each]) => each),
  )
  const committer = createCommitter()
  for (const [name] of deposits) {
    startDeposit(m)
    while (m.status === status.running) yield [`deposit, ${name}`, proveStep(m, committer)]
  }
  for (const [i, [name, bytes]] of entries.entries()) {
    startEntry(m, { index: i, bytes })
    while (m.status === status.running) yield [name, proveStep(m, committer)]
  }
}

interface Wallet {
  readonly key: Uint8Array
  readonly address: Address
}

function wallet(name: string): Wallet {
  const key = hexToBytes(word(`key of ${name}`))
  return { key, address: privateKeyToAddress(key) }
}

const rich = wallet('rich')
const poor = wallet('poor')
const coded = wallet('coded')
const delegating = wallet('delegating')
const worn = wallet('worn')
const authorities = Array.from({ length: 7 }, (_, i) => wallet(`authority ${i}`))
const [existing, absent, contract, withdrawn, stale, overdue, foreign] = authorities as [
  Wallet,
  Wallet,
  Wallet,
  Wallet,
  Wallet,
  Wallet,
  Wallet,
]

const logger = account('logger')
const clearer = account('clearer')
const delegated = account('delegated')

/** LOG0 to LOG4 of some memory, topics 1 to 4. */
const loggerCode = '5f5fa0600160205fa16002600160405fa260036002600160205fa3600460036002600160205fa400'
/** SSTORE(1, 0), whose slot holds a word. */
const clearerCode = '5f60015500'
/** Init code: SELFDESTRUCT to 0. */
const gone = '5fff'
/** Init code: CREATE of `gone`, then SELFDESTRUCT. */
const goneTwice = `61${gone}5f52600260 1e5ff050${gone}`.replace(' ', '')

function fillState(m: Machine): void {
  const put = (address: string, nonce: bigint, balance: bigint, code: Uint8Array = nothing): void =>
    writeAccount(m, BigInt(address), { nonce, balance, storageRoot: emptyRoot, codeHash: keepCode(m, code) })
  put(rich.address, 0n, 1_000n * ether)
  put(poor.address, 5n, 10n)
  put(coded.address, 0n, ether, hexToBytes('0x00'))
  put(delegating.address, 0n, ether, delegationTo(BigInt(logger)))
  put(worn.address, 2n ** 64n - 1n, ether)
  put(existing.address, 0n, 1n)
  put(contract.address, 0n, 1n, hexToBytes('0x5b'))
  put(withdrawn.address, 4n, 1n, delegationTo(7n))
  put(stale.address, 1n, 1n)
  put(logger, 1n, 0n, hexToBytes(`0x${loggerCode}`))
  put(delegated, 1n, 0n, delegationTo(BigInt(logger)))
  put(clearer, 1n, 0n, hexToBytes(`0x${clearerCode}`))
  writeStorage(m, BigInt(clearer), 1n, 7n)
}

const fees = { maxPriorityFeePerGas: 3n, maxFeePerGas: 5_000n }
let richNonce = 0n

/** A transaction of type 2, of `rich` unless told. */
function send(fields: Partial<UnsignedTransaction & { type: 2 }>, from: Wallet = rich): Uint8Array {
  const message = { gasLimit: 300_000n, to: account('to'), value: 1n, data: nothing, accessList: [], ...fees }
  const nonce = from === rich ? richNonce++ : 0n
  return encodeTransaction(signTransaction({ type: 2, chainId, nonce, ...message, ...fields }, from.key))
}

/** One that txLoad or txBuy skips: the nonce of `rich` stays. */
function skipped(fields: Partial<UnsignedTransaction & { type: 2 }>, from: Wallet = rich): Uint8Array {
  const raw = send({ nonce: richNonce, ...fields }, from)
  if (from === rich) richNonce--
  return raw
}

function makeEntries(): [string, Uint8Array][] {
  richNonce = 0n
  const accessList = [
    { address: clearer, storageKeys: [word('a'), `0x${'00'.repeat(31)}01` as const] },
    { address: `0x${'00'.repeat(19)}05` as const, storageKeys: [] },
    { address: clearer, storageKeys: [word('a')] },
  ]
  return [
    ['undecodable', hexToBytes('0xc0')],
    ['too large', noise('large', 98_305)],
    ['transfer to nobody', send({})],
    ['transfer without tip', send({ maxPriorityFeePerGas: 0n, value: 0n })],
    ['call of a precompile', send({ to: `0x${'00'.repeat(19)}04`, data: noise('data', 70) })],
    ['call of the coinbase', send({ to: predeploys.sequencerFeeVault })],
    ['nonce too low', skipped({ nonce: 0n })],
    ['nonce too high', skipped({ nonce: 99n })],
    ['gas limit above the rest', skipped({ gasLimit: 16_000_000n })],
    ['fee cap below the base fee', skipped({ maxFeePerGas: 999n })],
    ['sender with code', skipped({}, coded)],
    ['sender that delegates', send({}, delegating)],
    ['sender without funds', skipped({ nonce: 5n }, poor)],
    ['sender without account', skipped({}, wallet('nobody'))],
    ['nonce at its end', skipped({ nonce: 2n ** 64n - 1n }, worn)],
    ['all the funds there are', skipped({ maxFeePerGas: 2n ** 255n, value: 2n ** 255n })],
    ['access list, refund', send({ to: clearer, value: 0n, accessList })],
    ['logs', send({ to: logger, value: 0n })],
    ['logs by delegation', send({ to: delegated, value: 0n })],
    ['floor', send({ data: noise('floor', 400), gasLimit: 37_000n })],
    ['creation', send({ to: undefined, data: hexToBytes('0x60015f5360015ff3') })],
    ['creation of nothing', send({ to: undefined })],
    ['creation that is gone', send({ to: undefined, data: hexToBytes(`0x${goneTwice}`) })],
    ['authorizations', authorizing()],
  ]
}

function authorizing(): Uint8Array {
  const to = account('delegate')
  const high = authorization(existing, 0n, to)
  const authorizationList: Authorization[] = [
    authorization(existing, 0n, to),
    authorization(absent, 0n, to, 0n),
    authorization(absent, 1n, logger),
    authorization(contract, 0n, to),
    authorization(withdrawn, 4n, `0x${'00'.repeat(20)}`),
    authorization(stale, 0n, to),
    authorization(overdue, 2n ** 64n - 1n, to),
    authorization(foreign, 0n, to, 902n),
    { ...high, yParity: 2n },
    { ...high, s: 2n ** 256n - 1n },
    { ...high, r: 0n },
    authorization(existing, 1n, `0x${'00'.repeat(20)}`),
  ]
  const message = { nonce: richNonce++, gasLimit: 500_000n, to: absent.address, value: 0n, data: nothing }
  const unsigned = { type: 4, chainId, ...message, ...fees, accessList: [], authorizationList } as const
  return encodeTransaction(signTransaction(unsigned, rich.key))
}

/** EIP-7702: keccak256(5 ‖ rlp[chainId, address, nonce]). */
function authorization(from: Wallet, nonce: bigint, address: Address, chain: bigint = chainId): Authorization {
  const signed = encodeRlp([integerToRlp(chain), hexToBytes(address), integerToRlp(nonce)])
  const { r, s, yParity } = sign(keccak256Hex(concatBytes(Uint8Array.of(5), signed)), from.key)
  return { chainId: chain, address, nonce, yParity: BigInt(yParity), r, s }
}

function makeDeposits(): [string, Deposit][] {
  const from = account('depositor')
  const make = (fields: Partial<Deposit>): Partial<Deposit> => ({ from, to: account('to'), ...fields })
  const list: [string, Partial<Deposit>][] = [
    ['to nobody', make({ mint: ether, value: 5n, data: noise('deposit', 50) })],
    ['without mint', make({})],
    ['beyond the balance', make({ value: 10n * ether })],
    ['below the intrinsic gas', make({ gasLimit: 20_999n })],
    ['creation', make({ to: undefined, data: hexToBytes('0x60015f5360015ff3') })],
    ['of a contract', make({ from: logger, to: logger })],
    ['out of gas', make({ to: clearer, gasLimit: 21_100n })],
  ]
  return list.map(([name, fields], i) => [
    name,
    {
      index: BigInt(DEPOSIT_START + i),
      from,
      to: undefined,
      mint: 0n,
      value: 0n,
      gasLimit: 100_000n,
      data: nothing,
      l1BlockNumber: 1n,
      l1BlockHash: word('L1 block'),
      l1Timestamp: 1n,
      l1TransactionHash: word('L1 transaction'),
      l1LogIndex: i,
      ...fields,
    },
  ])
}

/** Section B, and what shows that entries and deposits are the block's. */
function prepareBlock(m: Machine, entries: readonly Uint8Array[], deposits: readonly Deposit[]): void {
  Object.assign(m.b, { number: 9n, timestamp: 1_000n, gasLimit: 12_000_000n, baseFee })
  m.b.coinbase = BigInt(predeploys.sequencerFeeVault)
  const payload = encodePayload(entries)
  const earlier = Array.from({ length: DEPOSIT_START }, (_, i) => word(`deposit ${i}`))
  const tree = createTree([...earlier, ...deposits.map(depositHash)])
  const join = (hashes: readonly `0x${string}`[]): Uint8Array => concatBytes(...hashes.map(hexToBytes))
  const zero = new Uint8Array(32)
  m.anchors = {
    originNumber: 1n,
    originHash: zero,
    originTimestamp: 2n,
    originBaseFee: 3n,
    parentHash: zero,
    txCount: BigInt(entries.length),
    txRoot: hexToBytes(txRoot(payload)),
    depositStart: BigInt(DEPOSIT_START),
    depositEnd: BigInt(DEPOSIT_START + deposits.length),
    depositRoot: hexToBytes(tree.root()),
    inboxCount: 4n,
    gasBefore: 5n,
    portal: BigInt(portal),
    startInboxCount: 4n,
    targetCount: 5n,
    maxGas: 2n ** 64n - 1n,
    maxBlocks: 4_096n,
  }
  const read = payloadEntries(payload)
  m.evidence = {
    parentHeader: nothing,
    leaf: nothing,
    leafSiblings: nothing,
    depositSiblings: deposits.map(({ index }) => join(tree.proof(Number(index)))),
    entrySiblings: (index) => join(entryProof(read, index)),
  }
  m.context = { input: { deposits }, portal } as unknown as NonNullable<Machine['context']>
}
