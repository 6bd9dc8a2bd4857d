import {
  type Deposit,
  encodePayload,
  type InboxLeaf,
  inboxLeafHash,
  keccak256Hex,
  leafKinds,
  txRoot,
} from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { type DerivationPosition, derivePostedBlock, differingField, type PostedInput } from '../src/index.ts'
import { setId, start } from './lane.ts'

const payload = encodePayload([new Uint8Array([1, 2]), new Uint8Array([3])])
const origin = { number: 12n, hash: setId, timestamp: 1_012n, baseFee: 9n, mixHash: setId }
const parent: DerivationPosition = { ...start, timestamp: 1_000n, origin, depositEnd: 3n, inboxCount: 5n }

const leaf: InboxLeaf = {
  kind: leafKinds.ordered,
  sequencerHeight: 8n,
  timestamp: 1_020n,
  originNumber: 12n,
  originHash: setId,
  originTimestamp: 1_012n,
  originBaseFee: 9n,
  prevRandao: setId,
  payloadHash: keccak256Hex(payload),
  txCount: 2n,
  txRoot: txRoot(payload),
  depositStart: 3n,
  depositEnd: 5n,
  depositRoot: setId,
}

const posted: PostedInput = {
  index: 5n,
  leafHash: inboxLeafHash(leaf),
  leaf,
  payload,
  laneHeight: 1n,
  laneTip: setId,
}

const deposits = [3n, 4n].map((index) => ({ index }) as Deposit)
const options = { genesisNumber: 100n, deposits, origin }

describe('derivePostedBlock', () => {
  it('takes every input from the leaf', () => {
    const { input, position } = derivePostedBlock(parent, posted, options)
    expect(input).toMatchObject({ number: 106n, timestamp: 1_020n, prevRandao: setId, payload, deposits })
    expect(position).toMatchObject({ laneHeight: 1n, laneTip: setId, depositEnd: 5n, inboxCount: 6n, origin })
  })

  const refusals: readonly [string, PostedInput, Partial<typeof options>, string][] = [
    ['a leaf at another index', { ...posted, index: 6n }, {}, 'WRONG_LEAF_INDEX'],
    ['a leaf that does not hash', { ...posted, leaf: { ...leaf, timestamp: 1_021n } }, {}, 'LEAF_HASH_MISMATCH'],
    ['another payload', { ...posted, payload: payload.slice(0, -1) }, {}, 'PAYLOAD_MISMATCH'],
    ['a missing deposit', posted, { deposits: deposits.slice(1) }, 'DEPOSITS_MISMATCH'],
    ['deposits out of order', posted, { deposits: deposits.toReversed() }, 'DEPOSITS_MISMATCH'],
    ['too many deposits', posted, { deposits: [...deposits, { index: 5n } as Deposit] }, 'DEPOSITS_MISMATCH'],
  ]
  it.each(refusals)('refuses %s', (_, bad, changed, code) => {
    expect(() => derivePostedBlock(parent, bad, { ...options, ...changed })).toThrow(expect.objectContaining({ code }))
  })

  it('refuses a leaf whose deposits do not follow the parent', () => {
    const gap = { ...leaf, depositStart: 4n }
    const bad = { ...posted, leaf: gap, leafHash: inboxLeafHash(gap) }
    expect(() => derivePostedBlock(parent, bad, options)).toThrow(
      expect.objectContaining({ code: 'DEPOSITS_MISMATCH' }),
    )
  })

  it('refuses a leaf whose entry root is not the payload’s', () => {
    const lie = { ...leaf, txRoot: setId }
    const bad = { ...posted, leaf: lie, leafHash: inboxLeafHash(lie) }
    expect(() => derivePostedBlock(parent, bad, options)).toThrow(expect.objectContaining({ code: 'PAYLOAD_MISMATCH' }))
  })
})

describe('differingField', () => {
  const executed = { ...leaf }

  it('finds nothing when every input agrees, whatever the deposit root', () => {
    expect(differingField(executed, { ...leaf, depositRoot: leaf.txRoot })).toBeUndefined()
  })

  it.each([
    ['kind', leafKinds.forced],
    ['sequencerHeight', 9n],
    ['timestamp', 1_021n],
    ['originNumber', 13n],
    ['originHash', leaf.txRoot],
    ['originTimestamp', 1_013n],
    ['originBaseFee', 10n],
    ['prevRandao', leaf.txRoot],
    ['depositEnd', 6n],
    ['payloadHash', setId],
  ] as const)('names %s', (field, value) => {
    expect(differingField(executed, { ...leaf, [field]: value })).toBe(field)
  })
})
