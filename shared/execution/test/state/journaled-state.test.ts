import { bytesToHex } from '@crema/protocol'
import { MerkleStateManager } from '@ethereumjs/statemanager'
import { Account, Address } from '@ethereumjs/util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { JournaledState } from '../../src/state/journaled-state.ts'
import { createStateCache } from '../../src/state/state-cache.ts'
import { createMemoryStore } from '../support.ts'

type Step =
  | { readonly op: 'put'; readonly who: number; readonly balance: bigint }
  | { readonly op: 'store'; readonly who: number; readonly slot: number; readonly value: number }
  | { readonly op: 'code'; readonly who: number; readonly byte: number }
  | { readonly op: 'delete' | 'clear'; readonly who: number }
  | { readonly op: 'checkpoint' | 'commit' | 'revert' | 'seal' }

const who = fc.nat(4)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ op: fc.constant('put' as const), who, balance: fc.bigInt(1n, 9n) }) },
  { weight: 6, arbitrary: fc.record({ op: fc.constant('store' as const), who, slot: fc.nat(3), value: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('code' as const), who, byte: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('delete' as const, 'clear' as const), who }) },
  {
    weight: 5,
    arbitrary: fc.record({
      op: fc.constantFrom('checkpoint' as const, 'commit' as const, 'revert' as const, 'seal' as const),
    }),
  },
)

const address = (index: number): Address => new Address(new Uint8Array(20).fill(index + 1))
const slotKey = (slot: number): Uint8Array => new Uint8Array(32).fill(slot)

/** The part of the interface that the steps use; both sides get the same calls. */
type State = Pick<
  JournaledState,
  | 'getAccount'
  | 'putAccount'
  | 'putStorage'
  | 'putCode'
  | 'deleteAccount'
  | 'clearStorage'
  | 'checkpoint'
  | 'commit'
  | 'revert'
>

async function apply(state: State, action: Exclude<Step, { op: 'seal' }>): Promise<void> {
  if (action.op === 'checkpoint' || action.op === 'commit' || action.op === 'revert') return state[action.op]()
  const target = address((action as { who: number }).who)
  const account = await state.getAccount(target)
  if (action.op === 'put') {
    const next = account ?? new Account()
    next.balance = action.balance
    return state.putAccount(target, next)
  }
  if (account === undefined) return
  if (action.op === 'store') return state.putStorage(target, slotKey(action.slot), Uint8Array.of(action.value))
  if (action.op === 'code') return state.putCode(target, Uint8Array.of(action.byte))
  if (action.op === 'delete') return state.deleteAccount(target)
  // The library forgets to clear slots that its tries hold; deleting and making anew is what a creation comes to.
  await state.deleteAccount(target)
  return state.putAccount(target, new Account(1n))
}

it('has the roots of the library state manager after any steps, and its writes hold the whole state', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const store = createMemoryStore()
      const cache = createStateCache(store)
      const state = new JournaledState(cache)
      const reference = new MerkleStateManager()
      let depth = 0
      for (const action of [...steps, { op: 'seal' } as const]) {
        if (action.op === 'checkpoint') depth++
        if (action.op === 'commit' || action.op === 'revert') {
          if (depth === 0) continue
          depth--
        }
        if (action.op !== 'seal') {
          await apply(state, action)
          await apply(reference as unknown as State, action)
          continue
        }
        for (; depth > 0; depth--) {
          await state.commit()
          await reference.commit()
        }
        const root = await state.getStateRoot()
        expect(bytesToHex(root)).toBe(bytesToHex(await reference.getStateRoot()))
        store.add(state.takeWrites())
        const cold = new JournaledState(createStateCache(store), root)
        for (let i = 0; i < 5; i++) {
          expect((await cold.getAccount(address(i)))?.balance).toBe((await reference.getAccount(address(i)))?.balance)
          for (let slot = 0; slot < 4; slot++) {
            expect(await cold.getStorage(address(i), slotKey(slot))).toEqual(
              await state.getStorage(address(i), slotKey(slot)),
            )
          }
        }
      }
    }),
    { numRuns: 150 },
  )
})
