import { createDisputeBook, readDisputes } from '@crema/l1'
import { bytesToHex } from '@crema/protocol'
import { type Anvil, startAnvil } from '@crema/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { endProof, type OwnTrace } from '../src/index.ts'
import { noHash } from './model/rules.ts'
import { createToyRollup } from './model/toy-rollup.ts'
import { malformed, type Shape } from './model/traces.ts'

const stake = 10n ** 16n
const shape: Shape = [[3, 20], [5]]
/** Commitments on each side: more pairs than are read without asking. */
const EACH = 21

let anvil: Anvil
beforeAll(async () => {
  anvil = await startAnvil()
})
afterAll(() => anvil?.stop())

it('reads of many duels those of the own commitment, not those of others on the same assertion', async () => {
  const rollup = await createToyRollup(anvil, stake, 3_600n)
  const right = await rollup.child(shape)
  const wrong = await rollup.child(shape, { b: 0, x: 1, i: 4, salt: 1 })
  const joining = (trace: OwnTrace) => ({
    ...{ traceRoot: bytesToHex(trace.root), proof: endProof(trace), bondId: noHash, stakeWei: stake },
  })
  await rollup.propose(5, right)
  const { contracts, parentId, config } = rollup
  await rollup.send(6, { kind: 'rival', expectedId: wrong.id, parentId, end: wrong.end, ...joining(wrong.trace) })
  await rollup.send(1, { kind: 'commit', assertionId: right.id, ...joining(right.trace) })
  for (let salt = 1; salt < EACH; salt++) {
    for (const [account, { id, trace }] of [
      [5, right],
      [6, wrong],
    ] as const) {
      await rollup.send(account, { kind: 'commit', assertionId: id, ...joining(malformed(trace, 1, salt)) })
    }
  }
  const book = createDisputeBook(anvil.client, { contracts, fromBlock: config.l1StartBlock })
  await book.refresh()
  const ours = bytesToHex(right.trace.root)
  const focus = ({ traceRoot }: { readonly traceRoot: string }) => traceRoot === ours
  const [state] = await readDisputes(anvil.client, { contracts, book, parentIds: [parentId], focus })
  expect(state!.commitments).toHaveLength(2 * EACH)
  const own = state!.commitments.find(focus)!.id
  expect(state!.duels).toHaveLength(EACH)
  expect(state!.duels.every(({ older, newer }) => older === own || newer === own)).toBe(true)
})
