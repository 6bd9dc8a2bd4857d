import { byDeadline, decide, decideAccount } from '@crema/dispute'
import { encodeDisputeCall, simulateDisputeCall } from '@crema/l1'
import { testAddress } from '@crema/testing'
import type { Arena, Contender } from './arena.ts'
import { vaultOf } from './vault.ts'

/** Who plays honestly: its account, and the right child with its trace. */
type Honest = Pick<Contender, 'account' | 'id' | 'trace'>

/** One turn of an honest agent: whatever it decides on what L1 holds and its node knows, sent in order of deadlines. Returns how many calls L1 took. */
export async function honestTurn(arena: Arena, { account, id, trace }: Honest): Promise<number> {
  const { rollup, contracts, view } = arena
  const { l1, config } = rollup
  const address = testAddress(account)
  const stakes = await vaultOf(arena).account(address)
  const limits = {
    ...{ maxStakeWei: config.stake, maxAtRiskWei: 100n * config.stake, minClockSeconds: 1n, minCollectWei: 1n },
  }
  const intents = [...decideAccount({ address, stakes, mode: 'full', releases: true, limits })]
  for (const state of await arena.states(({ assertionId }) => assertionId === id)) {
    const isOpen =
      state.reopenEpoch === state.parent.currentEpoch && state.assertions.some(({ fate }) => fate === 'pending')
    const own = isOpen ? await view.rightChild(state) : ({ isKnown: false, why: 'decided' } as const)
    const known = own.isKnown ? trace : undefined
    intents.push(...decide({ state, own, trace: known, account: { address, stakes }, mode: 'full', limits }).intents)
  }
  let sent = 0
  for (const { call } of intents.sort(byDeadline)) {
    const encoded = encodeDisputeCall(contracts, call)
    if ((await simulateDisputeCall(l1, address, call.kind, encoded)) !== undefined) continue
    await arena.send(account, call)
    sent++
  }
  return sent
}

/** Turns of an honest agent until it has nothing to do as time stands. */
export async function honestTurns(arena: Arena, honest: Honest): Promise<void> {
  while ((await honestTurn(arena, honest)) > 0);
}

/** Turns of an honest agent until it has nothing to do, each time letting `seconds` pass when it has nothing to do; ends when `isOver`. Throws when that takes too long. */
export async function honestUntil(
  arena: Arena,
  honest: Honest,
  seconds: number,
  isOver: () => Promise<boolean>,
): Promise<void> {
  for (let turns = 0; turns < 60; turns++) {
    const sent = await honestTurn(arena, honest)
    if (sent > 0) continue
    if (await isOver()) return
    await arena.rollup.pass(seconds)
  }
  throw new Error('the dispute does not come to its end')
}
