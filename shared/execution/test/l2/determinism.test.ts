import { type Address, encodePayload, predeploys } from '@crema/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createExecutor, createSimulator } from '../../src/index.ts'
import { contracts, garbageArbitrary, genesisAlloc, planArbitrary, toRaws, wallets } from '../random-payload.ts'
import { config, createTestChain, deposit, portal, type TestChain } from '../support.ts'

const runs = { numRuns: 25 }

/** Wei of everyone who can own any in these tests. */
async function supply(chain: TestChain, extra: readonly Address[]): Promise<bigint> {
  const simulator = createSimulator({ config, state: chain.store, blockHash: () => undefined })
  const known = [
    ...wallets.map(({ address }) => address),
    ...(Object.keys(contracts) as Address[]),
    predeploys.baseFeeVault,
    predeploys.sequencerFeeVault,
    '0x0000000000000000000000000000000000000004' as Address,
    '0x00000000000000000000000000000000deadbeef' as Address,
    deposit(0).from,
    deposit(0).to!,
    ...extra,
  ]
  let sum = 0n
  for (const address of new Set(known)) sum += (await simulator.account(chain.head.stateRoot, address))?.balance ?? 0n
  return sum
}

describe('any block', () => {
  it('gives one result: warm, fresh from the store, and with a skipped sibling executed in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(planArbitrary, { maxLength: 8 }), { minLength: 2, maxLength: 3 }),
        async (blocks) => {
          const warm = await createTestChain(genesisAlloc)
          const nonces = wallets.map(() => 0n)
          for (const plans of blocks) {
            const input = warm.next({
              payload: encodePayload(toRaws(plans, nonces)),
              deposits: [deposit(0, { mint: 3n })],
            })
            const parent = warm.head
            const fresh = createExecutor({ config, state: warm.store, portal })
            const expected = await fresh.executeBlock(parent, input)
            const sibling = await warm.executor.executeBlock(parent, { ...input, payload: new Uint8Array(0) })
            const actual = await warm.executor.executeBlock(parent, input)
            expect(actual.block).toEqual(expected.block)
            expect(sibling.block.receipts).toHaveLength(1)
            warm.store.add(actual.writes)
            warm.head = { ...actual.block.header, hash: actual.block.hash }
          }
        },
      ),
      runs,
    )
  })

  it('stores a state that reads back whole: every node and code of the new state is among the writes or was stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(planArbitrary, { maxLength: 10 }), async (plans) => {
        const chain = await createTestChain(genesisAlloc)
        await chain.run(
          toRaws(
            plans,
            wallets.map(() => 0n),
          ),
        )
        const simulator = createSimulator({ config, state: chain.store, blockHash: () => undefined })
        for (const address of Object.keys(genesisAlloc) as Address[]) {
          await simulator.code(chain.head.stateRoot, address)
          await simulator.proof(chain.head.stateRoot, address, [`0x${'00'.repeat(32)}`])
        }
        // Executing on top of it from the store alone needs the rest.
        const next = createExecutor({ config, state: chain.store, portal })
        await next.executeBlock(chain.head, chain.next({ deposits: [deposit(1)] }))
      }),
      runs,
    )
  })

  it('conserves value: only mints change the sum of balances', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(planArbitrary, { maxLength: 12 }), fc.bigInt(0n, 10n ** 20n), async (plans, mint) => {
        const chain = await createTestChain(genesisAlloc)
        const before = await supply(chain, [])
        const { block } = await chain.run(
          toRaws(
            plans,
            wallets.map(() => 0n),
          ),
          [deposit(0, { mint, value: mint / 2n }), deposit(1, { mint, value: mint * 9n })],
        )
        const created = block.receipts.flatMap(({ contractAddress }) => contractAddress ?? [])
        expect(await supply(chain, created)).toBe(before + 2n * mint)
      }),
      runs,
    )
  })

  it('is made of any payload: garbage never throws and changes nothing but the record of skips', async () => {
    const empty = await (await createTestChain(genesisAlloc)).run([])
    const chain = await createTestChain(genesisAlloc)
    await fc.assert(
      fc.asyncProperty(garbageArbitrary, async (payload) => {
        const { block } = await chain.executor.executeBlock(chain.head, chain.next({ payload }))
        expect(block.hash).toBe(empty.block.hash)
        expect(block.transactions).toHaveLength(0)
      }),
      { numRuns: 100 },
    )
  })
})
