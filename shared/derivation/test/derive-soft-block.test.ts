import { bytesToHex, type Deposit, keccak256, limits, type Origin, prevRandao } from '@crema/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DerivationPosition, deriveSoftBlock, type L1View, type VerifiedLaneBlock } from '../src/index.ts'
import { setId, start } from './lane.ts'

const originAt = (number: bigint): Origin => ({
  number,
  hash: bytesToHex(keccak256(new Uint8Array([Number(number & 0xffn)]))),
  timestamp: 1_000n + number,
  baseFee: 7n + number,
  mixHash: bytesToHex(keccak256(new Uint8Array([1, Number(number & 0xffn)]))),
})

const deposit = (index: bigint): Deposit => ({
  index,
  from: `0x${'aa'.repeat(20)}`,
  to: undefined,
  mint: 0n,
  value: 0n,
  gasLimit: 100_000n,
  data: new Uint8Array(),
  l1BlockNumber: index,
  l1BlockHash: setId,
  l1Timestamp: 1_000n + index,
  l1TransactionHash: setId,
  l1LogIndex: 0,
})

/** One deposit in every L1 block. */
const l1: L1View = {
  head: 50n,
  originAt,
  depositEnd: (from, maxBlock) => (maxBlock + 1n > from ? maxBlock + 1n : from),
  deposits: (from, to) => Array.from({ length: Number(to - from) }, (_, i) => deposit(from + BigInt(i))),
}

const parent: DerivationPosition = {
  laneHeight: 4n,
  laneTip: start.laneTip,
  timestamp: 2_000n,
  origin: originAt(10n),
  depositEnd: 11n,
  inboxCount: 6n,
}

const options = { genesisNumber: 0n, blockGasLimit: 30_000_000n, l1, now: 3_000n }

const verified = (fields: Partial<VerifiedLaneBlock['block']>): VerifiedLaneBlock => ({
  laneTip: setId,
  block: {
    laneHeight: 5n,
    sequencerHeight: 9n,
    timestamp: 2_010n,
    originNumber: 20n,
    originHash: originAt(20n).hash,
    payload: new Uint8Array([0, 0, 0, 1, 5]),
    ...fields,
  },
})

function derive(fields: Partial<VerifiedLaneBlock['block']>) {
  const derived = deriveSoftBlock(parent, verified(fields), options)
  if ('wait' in derived) throw new Error(derived.wait)
  return derived
}

describe('deriveSoftBlock', () => {
  it('takes a canonical origin, its deposits and its randomness', () => {
    const { input, position } = derive({})
    expect(input).toMatchObject({ number: 7n, timestamp: 2_010n, origin: originAt(20n) })
    expect(input.prevRandao).toBe(prevRandao(originAt(20n).mixHash, 9n))
    expect(input.deposits.map(({ index }) => index)).toEqual(Array.from({ length: 10 }, (_, i) => 11n + BigInt(i)))
    expect(position).toEqual({
      laneHeight: 5n,
      laneTip: setId,
      timestamp: 2_010n,
      origin: originAt(20n),
      depositEnd: 21n,
      inboxCount: 7n,
    })
  })

  it('repeats the parent origin when the header names one that is not canonical, or an older one', () => {
    for (const bad of [{ originHash: setId }, { originNumber: 9n, originHash: originAt(9n).hash }]) {
      expect(derive(bad).position).toMatchObject({ origin: originAt(10n), depositEnd: 11n })
    }
  })

  it('repeats the parent origin when no contract can know the header’s any more', () => {
    const at = (head: bigint) =>
      deriveSoftBlock(parent, verified({}), { ...options, l1: { ...l1, head } }) as { position: DerivationPosition }
    const last = 20n + limits.knownL1Blocks - 1n
    expect(at(last).position.origin).toEqual(originAt(20n))
    expect(at(last + 1n).position.origin).toEqual(originAt(10n))
  })

  it('never lets time go back', () => {
    expect(derive({ timestamp: 1n }).input.timestamp).toBe(2_000n)
  })

  it('executes a block above the size cap as empty', () => {
    expect(derive({ payload: new Uint8Array(limits.maxPayloadSize + 1) }).input.payload).toHaveLength(0)
    expect(derive({ payload: new Uint8Array(limits.maxPayloadSize) }).input.payload).toHaveLength(limits.maxPayloadSize)
  })

  it('waits for what only L1 can decide', () => {
    expect(deriveSoftBlock(parent, verified({ originNumber: 51n }), options)).toEqual({
      wait: 'l1-behind',
      originNumber: 51n,
    })
    const ahead = options.now + limits.maxTimestampAhead
    expect('wait' in deriveSoftBlock(parent, verified({ timestamp: ahead }), options)).toBe(false)
    expect(deriveSoftBlock(parent, verified({ timestamp: ahead + 1n }), options)).toEqual({
      wait: 'timestamp-ahead',
      timestamp: ahead + 1n,
    })
  })

  it('moves forward whatever a certified header says', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 60n), fc.boolean(), fc.bigInt(0n, 4_000n), (originNumber, canonical, timestamp) => {
        const originHash = canonical ? originAt(originNumber).hash : setId
        const derived = deriveSoftBlock(parent, verified({ originNumber, originHash, timestamp }), options)
        if ('wait' in derived) return
        const { position } = derived
        expect(position.timestamp >= parent.timestamp).toBe(true)
        expect(position.origin.number >= parent.origin.number).toBe(true)
        expect(position.depositEnd >= parent.depositEnd).toBe(true)
        expect(derived.input.deposits).toHaveLength(Number(position.depositEnd - parent.depositEnd))
      }),
    )
  })
})
