import {
  type Address,
  type BlockHeader,
  type BlockTransaction,
  bytesToHex,
  type DecodedTransaction,
  encodePayload,
  encodeTransaction,
  type Hash,
  headerRlpHash,
  keccak256,
  keccak256Hex,
  type L2Block,
  type Log,
  logsBloom,
  type Receipt,
  type SkippedTransaction,
  type StateWrites,
  skipReasons,
  unionBloom,
} from '@crema/protocol'
import type { BlockEntry, BlockPosition, GenesisEntry } from '../../src/index.ts'
import { createRandom, type Random } from './random.ts'

const zeroHash: Hash = `0x${'00'.repeat(32)}`
/** Few, so that filters find something. */
export const addresses: readonly Address[] = ['0x11', '0x22', '0x33'].map(
  (byte) => `0x${byte.slice(2).repeat(20)}` as const,
)
export const topics: readonly Hash[] = ['aa', 'bb', 'cc'].map((byte) => `0x${byte.repeat(32)}` as const)
export const genesisNumber = 7n
export const configDigest: Hash = keccak256Hex(Uint8Array.of(1))

/** A stored block with what the next one builds on. */
export interface Link {
  readonly block: L2Block
  readonly position: BlockPosition
}

export interface BlockOptions {
  readonly transactions?: number
  readonly deposits?: number
  readonly skipped?: number
}

/** First block of the test chain. */
export function makeGenesis(): GenesisEntry {
  const random = createRandom(0)
  const header = makeHeader(random, { number: genesisNumber, parentHash: zeroHash, timestamp: 1_000n }, [])
  const block = { hash: headerRlpHash(header), header, transactions: [], receipts: [], skipped: [] }
  return {
    block,
    writes: makeWrites(random),
    configDigest,
    position: {
      sequencerHeight: 0n,
      laneHeight: 0n,
      laneTip: random.hash(),
      kind: 0,
      timestamp: 1_000n,
      origin: makeOrigin(random, 1n),
      depositEnd: 0n,
      inboxIndex: -1n,
      payloadHash: keccak256Hex(new Uint8Array(0)),
      gasSinceGenesis: 0n,
    },
  }
}

/** A child of `parent` in which all that `seed` says is random: deposits, transactions of every type, skipped entries, logs. */
export function makeEntry(parent: Link, seed: number, options: BlockOptions = {}): BlockEntry {
  const random = createRandom(seed)
  const number = parent.block.header.number + 1n
  const forced = random.below(8) === 0
  const deposits = options.deposits ?? random.below(3)
  const transactions: BlockTransaction[] = []
  for (let i = 0; i < deposits; i++) transactions.push(makeTransaction(random, deposit(random)))
  const entries: Uint8Array[] = []
  const skipped: SkippedTransaction[] = []
  if (!forced) {
    const ordered = options.transactions ?? random.below(6)
    for (let i = 0; i < ordered; i++) {
      const transaction = makeTransaction(random, ordinary(random))
      transactions.push(transaction)
      entries.push(transaction.raw)
      if ((options.skipped ?? random.below(3)) === 0) continue
      const bytes = random.bytes(1 + random.below(50))
      const reason = random.pick(skipReasons)
      skipped.push({ entryIndex: entries.length, hash: keccak256Hex(bytes), reason, detail: `seed ${seed}` })
      entries.push(bytes)
    }
  }
  const receipts = makeReceipts(random, transactions)
  const timestamp = parent.block.header.timestamp + BigInt(random.below(3))
  const header = makeHeader(random, { number, parentHash: parent.block.hash, timestamp }, receipts)
  const payload = encodePayload(entries)
  return {
    block: { hash: headerRlpHash(header), header, transactions, receipts, skipped },
    writes: makeWrites(random),
    position: {
      sequencerHeight: forced ? 0n : 2n ** 64n - 1n - BigInt(random.below(1000)),
      laneHeight: parent.position.laneHeight + (forced ? 0n : 1n),
      laneTip: random.hash(),
      kind: forced ? 1 : 0,
      timestamp,
      origin: makeOrigin(random, number),
      depositEnd: parent.position.depositEnd + BigInt(deposits),
      inboxIndex: number - genesisNumber - 1n,
      payloadHash: keccak256Hex(forced ? new Uint8Array(0) : payload),
      gasSinceGenesis: parent.position.gasSinceGenesis + header.gasUsed,
      ...(forced ? {} : { payload }),
    },
    depositAliases: transactions
      .slice(0, deposits)
      .map(({ hash }) => ({ alias: keccak256Hex(new TextEncoder().encode(hash)), hash })),
  }
}

/** A chain of `length` blocks on the genesis. */
export function makeChain(length: number, firstSeed = 1, options: BlockOptions = {}): BlockEntry[] {
  const chain: BlockEntry[] = []
  let parent: Link = makeGenesis()
  for (let i = 0; i < length; i++) {
    const entry = makeEntry(parent, firstSeed + i, options)
    chain.push(entry)
    parent = entry
  }
  return chain
}

function makeOrigin(random: Random, number: bigint) {
  return {
    number,
    hash: random.hash(),
    timestamp: 500n + number,
    baseFee: BigInt(random.hex(12)),
    mixHash: random.hash(),
  }
}

function makeWrites(random: Random): StateWrites {
  const keyed = (values: readonly Uint8Array[]) =>
    new Map(values.map((value) => [bytesToHex(keccak256(value)).slice(2), value]))
  return {
    nodes: keyed(Array.from({ length: random.below(5) }, () => random.bytes(40 + random.below(500)))),
    codes: keyed(Array.from({ length: random.below(2) }, () => random.bytes(1 + random.below(2000)))),
  }
}

function makeHeader(
  random: Random,
  fixed: Pick<BlockHeader, 'number' | 'parentHash' | 'timestamp'>,
  receipts: readonly Receipt[],
): BlockHeader {
  return {
    sha3Uncles: random.hash(),
    miner: random.pick(addresses),
    stateRoot: random.hash(),
    transactionsRoot: random.hash(),
    receiptsRoot: random.hash(),
    logsBloom: unionBloom(receipts.map((receipt) => receipt.logsBloom)),
    difficulty: 0n,
    gasLimit: 30_000_000n,
    gasUsed: receipts.at(-1)?.cumulativeGasUsed ?? 0n,
    extraData: '0x',
    mixHash: random.hash(),
    nonce: '0x0000000000000000',
    baseFeePerGas: BigInt(1 + random.below(1e9)),
    withdrawalsRoot: random.hash(),
    blobGasUsed: 0n,
    excessBlobGas: 0n,
    parentBeaconBlockRoot: random.hash(),
    requestsHash: random.hash(),
    ...fixed,
  }
}

function makeTransaction(random: Random, decoded: DecodedTransaction): BlockTransaction {
  const raw = encodeTransaction(decoded)
  return { hash: keccak256Hex(raw), raw, decoded, from: decoded.type === 0x7e ? decoded.from : random.pick(addresses) }
}

function deposit(random: Random): DecodedTransaction {
  return {
    type: 0x7e,
    sourceHash: random.hash(),
    from: random.pick(addresses),
    to: random.below(3) === 0 ? undefined : random.pick(addresses),
    mint: BigInt(random.hex(16)),
    value: BigInt(random.below(1000)),
    gasLimit: 100_000n,
    data: random.bytes(random.below(40)),
  }
}

function ordinary(random: Random): DecodedTransaction {
  const to = random.pick(addresses)
  const common = {
    nonce: BigInt(random.below(1e6)),
    gasLimit: 50_000n,
    value: BigInt(random.hex(10)),
    data: random.bytes(random.below(80)),
    yParity: random.below(2) === 0 ? 0 : 1,
    r: BigInt(random.hex(31)) + 1n,
    s: BigInt(random.hex(31)) + 1n,
  } as const
  const chainId = 901n
  const accessList = [{ address: to, storageKeys: [random.hash()] }]
  const fees = { maxPriorityFeePerGas: 1n, maxFeePerGas: BigInt(random.hex(6)) }
  const optionalTo = random.below(4) === 0 ? undefined : to
  switch (random.below(4)) {
    case 0: {
      const v = chainId * 2n + 35n + BigInt(common.yParity)
      return { ...common, type: 0, chainId, v, gasPrice: BigInt(random.hex(6)), to: optionalTo }
    }
    case 1:
      return { ...common, type: 1, chainId, gasPrice: BigInt(random.hex(6)), accessList, to: optionalTo }
    case 2:
      return { ...common, type: 2, chainId, ...fees, accessList, to: optionalTo }
    default: {
      const { nonce, r, s } = common
      const authorization = { chainId, address: to, nonce, yParity: 1n, r, s }
      return { ...common, type: 4, chainId, ...fees, accessList, authorizationList: [authorization], to }
    }
  }
}

function makeReceipts(random: Random, transactions: readonly BlockTransaction[]): Receipt[] {
  let cumulativeGasUsed = 0n
  return transactions.map(({ decoded }) => {
    const gasUsed = BigInt(21_000 + random.below(10_000))
    cumulativeGasUsed += gasUsed
    const logs = Array.from({ length: random.below(4) }, () => makeLog(random))
    return {
      type: decoded.type,
      status: random.below(5) === 0 ? 0 : 1,
      cumulativeGasUsed,
      logsBloom: logsBloom(logs),
      logs,
      gasUsed,
      effectiveGasPrice: decoded.type === 0x7e ? 0n : BigInt(random.hex(10)),
      contractAddress: decoded.to === undefined ? random.hex(20) : undefined,
    }
  })
}

function makeLog(random: Random): Log {
  return {
    address: random.pick(addresses),
    topics: Array.from({ length: random.below(5) }, () => random.pick(topics)),
    data: random.hex(random.below(70)),
  }
}
