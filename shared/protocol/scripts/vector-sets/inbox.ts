import {
  aliasAddress,
  bigIntToBytes,
  bytesToHex,
  concatBytes,
  createTree,
  type Deposit,
  depositHash,
  depositSourceHash,
  depositTransaction,
  depositTransactionHash,
  encodePayload,
  encodeTransaction,
  entryLeaf,
  type InboxLeaf,
  inboxLeafHash,
  keccak256Hex,
  leafKinds,
  limits,
  opDepositAlias,
  payloadEntries,
  prevRandao,
  txRoot,
} from '../../src/index.ts'
import { account, columns, noise, type Vectors, word } from './columns.ts'

/** `payloads.json`: payloads, well-formed and not, with their entries' lengths, leaves and root. */
export function payloadVectors(): Vectors {
  const raw = (i: number) => noise(`raw ${i}`, 1 + i * 37)
  const three = encodePayload([raw(0), raw(1), raw(2)])
  const prefix = (length: number) => bigIntToBytes(BigInt(length), 4)
  const cases: [string, Uint8Array][] = [
    ['empty', new Uint8Array(0)],
    ['one entry', encodePayload([raw(0)])],
    ['three entries', three],
    ['seventeen entries', encodePayload(Array.from({ length: 17 }, (_, i) => raw(i % 5)))],
    ['zero length ends', concatBytes(three, prefix(0), three)],
    ['zero length only', prefix(0)],
    ['overrun by one ends', concatBytes(three, prefix(5), noise('tail', 4))],
    ['exact end', concatBytes(three, prefix(4), noise('tail', 4))],
    ['length of 2^32 - 1', concatBytes(prefix(2 ** 32 - 1), noise('tail', 64))],
    ['one stray byte', concatBytes(three, Uint8Array.of(1))],
    ['three stray bytes', concatBytes(three, Uint8Array.of(0, 0, 0))],
    ['length without bytes', concatBytes(three, prefix(1))],
    ['entry above the size limit', encodePayload([noise('big', limits.maxTransactionSize + 1), raw(1)])],
    [
      'as many entries as are read',
      encodePayload(Array.from({ length: limits.maxEntries }, (_, i) => Uint8Array.of(i & 255))),
    ],
    ['one entry more', encodePayload(Array.from({ length: limits.maxEntries + 1 }, (_, i) => Uint8Array.of(i & 255)))],
  ]
  return columns(
    cases.map(([name, payload]) => {
      const entries = payloadEntries(payload)
      return {
        name,
        payload: bytesToHex(payload),
        payloadHash: keccak256Hex(payload),
        txCount: entries.length,
        txRoot: txRoot(payload),
        lengths: entries.slice(0, 17).map((entry) => entry.length),
        leaves: entries.slice(0, 17).map(entryLeaf),
      }
    }),
  )
}

/** `inbox-leaves.json`: leaves, their hashes and the Inbox root over all of them. */
export function inboxLeafVectors(): Vectors {
  const leaf = (i: number, overrides: Partial<InboxLeaf> = {}): InboxLeaf => ({
    kind: leafKinds.ordered,
    sequencerHeight: BigInt(10 + i),
    timestamp: 1_700_000_000n + BigInt(i),
    originNumber: 20_000_000n,
    originHash: word('origin'),
    originTimestamp: 1_699_999_990n,
    originBaseFee: 7n,
    prevRandao: prevRandao(word('mix'), BigInt(10 + i)),
    payloadHash: keccak256Hex(noise('payload', i)),
    txCount: BigInt(i),
    txRoot: word(`entries ${i}`),
    depositStart: BigInt(i),
    depositEnd: BigInt(i + 1),
    depositRoot: word(`deposits ${i}`),
    ...overrides,
  })
  const max = 2n ** 64n - 1n
  const leaves = [
    leaf(0),
    leaf(1, { kind: leafKinds.forced, sequencerHeight: 0n, prevRandao: prevRandao(word('mix'), 1n) }),
    leaf(2, { originBaseFee: 2n ** 256n - 1n }),
    leaf(3, {
      sequencerHeight: max,
      timestamp: max,
      originNumber: max,
      originTimestamp: max,
      depositStart: max,
      depositEnd: max,
    }),
  ]
  return {
    mixHash: word('mix'),
    root: createTree(leaves.map(inboxLeafHash)).root(),
    leaves: columns(leaves.map((each) => ({ ...each, hash: inboxLeafHash(each) }))),
    prevRandao: columns(
      [0n, 1n, 10n, max].map((seed) => ({ mixHash: word('mix'), seed, result: prevRandao(word('mix'), seed) })),
    ),
  }
}

/** `deposits.json`: queue hashes, 0x7e transactions and the hashes that OP Stack tools compute; the root is over all of them. */
export function depositVectors(): Vectors {
  const portal = account('portal')
  const l1BlockHash = word('l1 block')
  const deposit = (index: number, overrides: Partial<Deposit> = {}): Deposit => ({
    index: BigInt(index),
    from: account(`depositor ${index}`),
    to: account(`target ${index}`),
    mint: 10n ** 18n,
    value: 5n * 10n ** 17n,
    gasLimit: 100_000n,
    data: noise(`data ${index}`, index * 33),
    l1BlockNumber: 20_000_000n,
    l1BlockHash,
    l1Timestamp: 1_700_000_000n,
    l1TransactionHash: word(`deposit ${index}`),
    l1LogIndex: 3 * index,
    ...overrides,
  })
  const deposits = [
    deposit(0),
    deposit(1, { to: undefined }),
    deposit(2, { mint: 0n }),
    deposit(3, { value: 0n, from: aliasAddress(account('contract')) }),
    deposit(4, { mint: 2n ** 128n - 1n, value: 2n ** 256n - 1n, gasLimit: limits.maxDepositGas }),
    deposit(5, { to: `0x${'00'.repeat(20)}`, mint: 0n, value: 0n }),
    deposit(6, { data: noise('large', limits.maxDepositData) }),
  ]
  return {
    portal,
    l1BlockHash,
    root: createTree(deposits.map(depositHash)).root(),
    aliases: columns(
      [account('contract'), `0x${'ff'.repeat(20)}` as const].map((address) => ({
        address,
        alias: aliasAddress(address),
      })),
    ),
    deposits: columns(
      deposits.map((each) => ({
        index: each.index,
        from: each.from,
        to: each.to ?? `0x${'00'.repeat(20)}`,
        isCreation: each.to === undefined,
        mint: each.mint,
        value: each.value,
        gasLimit: each.gasLimit,
        data: bytesToHex(each.data),
        hash: depositHash(each),
        sourceHash: depositSourceHash(portal, each.index),
        transaction: bytesToHex(encodeTransaction(depositTransaction(each, portal))),
        transactionHash: depositTransactionHash(each, portal),
        l1LogIndex: each.l1LogIndex,
        opAlias: opDepositAlias(l1BlockHash, each.l1LogIndex, each),
      })),
    ),
  }
}
