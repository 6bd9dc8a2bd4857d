import { type BlockHeader, encodeHeader, type Hex, keccak256Hex } from '@crema/protocol'
import fc from 'fast-check'
import { createPublicClient, custom } from 'viem'
import { describe, expect, it } from 'vitest'
import type { L1Client } from '../src/client.ts'
import { readL1Block } from '../src/l1-block.ts'
import { readL1Header } from '../src/l1-header.ts'

const word = (byte: string): Hex => `0x${byte.repeat(32)}`
const header: BlockHeader = {
  parentHash: word('01'),
  sha3Uncles: word('02'),
  miner: `0x${'03'.repeat(20)}`,
  stateRoot: word('04'),
  transactionsRoot: word('05'),
  receiptsRoot: word('06'),
  logsBloom: `0x${'07'.repeat(256)}`,
  difficulty: 0n,
  number: 77n,
  gasLimit: 30_000_000n,
  gasUsed: 21_000n,
  timestamp: 1_700_000_000n,
  extraData: '0x6162',
  mixHash: word('08'),
  nonce: `0x${'00'.repeat(8)}`,
  baseFeePerGas: 7n,
  withdrawalsRoot: word('09'),
  blobGasUsed: 0n,
  excessBlobGas: 0n,
  parentBeaconBlockRoot: word('0a'),
  requestsHash: word('0b'),
}
const hash = keccak256Hex(encodeHeader(header))
/** The block as JSON-RPC serves it. */
const served = (): Record<string, unknown> => ({
  ...Object.fromEntries(
    Object.entries(header).map(([name, value]) => [
      name,
      typeof value === 'bigint' ? `0x${value.toString(16)}` : value,
    ]),
  ),
  hash,
  transactions: [],
})
const client = (answer: unknown): L1Client =>
  createPublicClient({
    transport: custom({ request: async () => answer }, { retryCount: 0 }),
    cacheTime: 0,
  }) as L1Client

describe('readL1Header', () => {
  it('returns the header that hashes to the hash', async () => {
    expect(await readL1Header(client(served()), { hash })).toEqual({ hash, header, encoded: encodeHeader(header) })
    expect(await readL1Block(client(served()), { number: 77n })).toEqual({
      number: 77n,
      hash,
      parentHash: word('01'),
      timestamp: 1_700_000_000n,
      baseFee: 7n,
      mixHash: word('08'),
    })
    expect(await readL1Header(client(null), { at: 'latest' })).toBeUndefined()
  })

  it('refuses a header with any field changed', async () => {
    for (const name of Object.keys(header)) {
      const block = served()
      const value = block[name] as string
      block[name] = `${value.slice(0, -1)}${value.endsWith('1') ? '2' : '1'}`
      await expect(readL1Header(client(block), { at: 'latest' }), name).rejects.toMatchObject({
        code: 'L1_BAD_RESPONSE',
      })
    }
  })

  it('refuses another block than the one asked for', async () => {
    await expect(readL1Block(client(served()), { number: 78n })).rejects.toMatchObject({ code: 'L1_BAD_RESPONSE' })
    await expect(readL1Block(client(served()), { hash: word('ff') })).rejects.toMatchObject({ code: 'L1_BAD_RESPONSE' })
  })

  it('refuses a field that is missing, of another type or endless, and whatever is no block', async () => {
    const wrong = fc.oneof(fc.jsonValue(), fc.constant(undefined), fc.constant(`0x${'f'.repeat(100_000)}`))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(header), 'hash'), wrong, async (name, value) => {
        fc.pre(value !== served()[name])
        const block = { ...served(), [name]: value }
        await expect(readL1Header(client(block), { at: 'latest' })).rejects.toMatchObject({ code: 'L1_BAD_RESPONSE' })
      }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue().filter((value) => value !== null),
        async (value) => {
          await expect(readL1Header(client(value), { at: 'latest' })).rejects.toMatchObject({ code: 'L1_BAD_RESPONSE' })
        },
      ),
    )
  })
})
