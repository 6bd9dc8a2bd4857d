import { concatBytes, encodePayload, hexToBytes } from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { getAccount, MAX_STEPS, type MachineResult, openTrie } from '../../src/index.ts'
import { randomBytes, randomSource } from '../trie/support.ts'
import { makeAlloc, makeDeposit, makeEntry, wallets } from './random-block.ts'
import { createPair, type Pair } from './support.ts'

const BLOCKS = Number(process.env.CREMA_MACHINE_BLOCKS ?? 12)
/** Others than these: `CREMA_MACHINE_SEED`, one number. */
const SEEDS =
  process.env.CREMA_MACHINE_SEED === undefined ? [1, 2, 3, 4, 5, 6] : [Number(process.env.CREMA_MACHINE_SEED)]

/** Nonces of the wallets in the machine's own state. */
function currentNonces({ stores, head }: Pair): bigint[] {
  const state = openTrie(hexToBytes(head.stateRoot))
  return wallets.map((each) => getAccount(stores[1], state, hexToBytes(each.address))?.nonce ?? 0n)
}

/** Every micro-op was paid for with a gas, of which the refund took at most a fifth: so those of a transaction fit a trace. */
function expectPaid({ block, steps }: MachineResult): void {
  expect(steps).toHaveLength(2 + block.skipped.length + block.transactions.length)
  const deposits = block.transactions.filter(({ decoded }) => decoded.type === 0x7e).length
  const skipped = new Set(block.skipped.map(({ entryIndex }) => deposits + entryIndex))
  let next = 0
  for (const [i, count] of steps.slice(1, -1).entries()) {
    const gas = skipped.has(i) ? 2n : block.receipts[next++]!.gasUsed
    expect(count).toBeLessThanOrEqual(Math.ceil((Number(gas) * 5) / 4))
    expect(count).toBeLessThan(MAX_STEPS)
  }
}

describe('the machine and the execution engine', () => {
  it.each(SEEDS)(
    'make equal blocks of random programs, seed %i',
    async (seed) => {
      const random = randomSource(seed)
      const pair = await createPair(makeAlloc(random))
      const seen = { success: 0, failure: 0, skipped: 0 }
      for (let i = 0, deposits = 0; i < BLOCKS; i++) {
        const nonces = currentNonces(pair)
        const entries = Array.from({ length: 1 + (random() % 8) }, () =>
          random() % 10 === 0 ? randomBytes(random, 1 + (random() % 90)) : makeEntry(random, nonces),
        )
        const queue = Array.from({ length: random() % 4 }, () => makeDeposit(random, deposits++))
        const tail = random() % 4 === 0 ? randomBytes(random, random() % 60) : new Uint8Array(0)
        const payload = concatBytes(encodePayload(entries), tail)
        const { expected, actual } = await pair.run(pair.next({ payload, deposits: queue }))
        expect(actual.block).toEqual(expected)
        expectPaid(actual)
        seen.success += expected.receipts.filter(({ status }) => status === 1).length
        seen.failure += expected.receipts.filter(({ status }) => status === 0).length
        seen.skipped += expected.skipped.length
      }
      // Else the blocks would show little.
      expect(Math.min(seen.success, seen.failure, seen.skipped)).toBeGreaterThanOrEqual(BLOCKS / 4)
    },
    600_000,
  )
})
