// Scenarios 20 and 22 of disputes: challenger and proposer killed in some states of a dispute, and L1 reorganised over some of their calls;
// `npm run soak -- --disputes --kills` and `--reorgs` take all of them.
import { killAnvils } from '@crema/testing'
import { afterAll, expect, it } from 'vitest'
import { killServices } from '../devnet/service-process.ts'
import { playKills } from '../support/kills/play-kills.ts'

afterAll(() => {
  killServices()
  killAnvils()
})

/** Right, at the cost of one stake, and nothing paid for twice. */
const won = { isRightConfirmed: true, stakes: 1, lost: 0, joins: 1, repeated: [], reverted: [], unclaimedWei: 0n }

it('a challenger killed or reorganised over its rival, a move and the settlement wins with one stake', async () => {
  const outcome = await playKills({
    role: 'challenger',
    playing: [
      { call: 'proposeRival', how: 'deliver' },
      { call: 'reveal', how: 'swallow' },
      { call: 'reveal', reorganised: 'forgotten' },
    ],
    waiting: [],
    settling: [{ call: 'settle', how: 'pass' }],
  })
  expect(outcome).toMatchObject(won)
  expect(outcome.kills).toEqual(['proposeRival deliver', 'reveal swallow', 'reveal forgotten', 'settle pass'])
})

it('a proposer killed or reorganised over its assertion, commitment and proof wins with the stake that stands', async () => {
  const outcome = await playKills({
    role: 'proposer',
    playing: [
      { call: 'propose', reorganised: 'forgotten' },
      { call: 'commit', how: 'pass' },
      { call: 'prove', how: 'swallow' },
    ],
    waiting: [],
    settling: [{ call: 'settle', reorganised: 'moved' }],
  })
  expect(outcome).toMatchObject(won)
  expect(outcome.kills).toEqual(['propose forgotten', 'commit pass', 'prove swallow', 'settle moved'])
})
