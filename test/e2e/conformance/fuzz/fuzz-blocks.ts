import { deepStrictEqual } from 'node:assert'
import { getAccount, openTrie } from '@crema/machine'
import { concatBytes, encodePayload, hexToBytes } from '@crema/protocol'
import { makeAlloc, makeDeposit, wallets } from '../../../../shared/machine/test/block/random-block.ts'
import { createPair, type Pair } from '../../../../shared/machine/test/block/support.ts'
import { randomBytes, randomSource } from '../../../../shared/machine/test/trie/support.ts'
import type { ReportBuilder } from '../suite.ts'
import { expectPaid, paidOf } from './paid.ts'
import { randomEntry } from './random-entries.ts'

const BLOCKS = 4

/** Random blocks on the machine and on @crema/execution: headers, transactions, receipts, skips are equal, and each micro-op was paid for. */
export async function fuzzBlocks(seed: number, builder: ReportBuilder): Promise<void> {
  const random = randomSource(seed)
  const pair = await createPair(makeAlloc(random))
  let deposits = 0
  for (let i = 0; i < BLOCKS; i++) {
    const nonces = currentNonces(pair)
    const entries = Array.from({ length: 1 + (random() % 8) }, () =>
      random() % 12 === 0 ? randomBytes(random, 1 + (random() % 90)) : randomEntry(random, nonces),
    )
    const queue = Array.from({ length: random() % 4 }, () => makeDeposit(random, deposits++))
    const tail = random() % 4 === 0 ? randomBytes(random, random() % 60) : new Uint8Array(0)
    const payload = concatBytes(encodePayload(entries), tail)
    const { expected, actual } = await pair.run(pair.next({ payload, deposits: queue }))
    deepStrictEqual(actual.block, expected, `block ${i} of seed ${seed} differs`)
    for (const paid of paidOf(actual)) expectPaid(paid)
    builder.pass('blocks equal to the execution engine')
    builder.pass('transactions in them', expected.receipts.length)
    builder.pass('skipped entries in them', expected.skipped.length)
  }
}

/** Nonces of the wallets in the machine's state. */
function currentNonces({ stores, head }: Pair): bigint[] {
  const state = openTrie(hexToBytes(head.stateRoot))
  return wallets.map((each) => getAccount(stores[1], state, hexToBytes(each.address))?.nonce ?? 0n)
}
