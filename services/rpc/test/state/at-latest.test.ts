import { expect, it } from 'vitest'
import { atLatest } from '../../src/state/at-latest.ts'
import { addressOf, alloc, signed, transfer } from '../support/accounts.ts'
import { request } from '../support/client.ts'
import { createTestRollup } from '../support/test-rollup.ts'

it('reads again when a block came in between, so that the pending nonce never falls', async () => {
  const rollup = await createTestRollup(alloc)
  const { context } = rollup.rpc
  const raws = [0n, 1n].map((nonce) => signed(transfer({ nonce })))
  for (const raw of raws) await request(rollup.rpc, 'eth_sendRawTransaction', raw)
  const seen: bigint[] = []
  const account = await atLatest(context, async (head) => {
    const found = await context.simulator.account(head.stateRoot, addressOf('alice'))
    seen.push(found!.nonce)
    if (seen.length === 1) await rollup.seal({ raws: raws.map((raw) => Buffer.from(raw.slice(2), 'hex')) })
    return found
  })
  expect(seen).toEqual([0n, 2n])
  expect(context.pool.pendingNonce(addressOf('alice'), account!.nonce)).toBe(2n)
})
