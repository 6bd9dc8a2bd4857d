import type { IntentStore } from '@crema/tx-manager'

/**
 * Idempotency key of the next attempt at an aim. The first attempt that is not settled keeps its key over restarts; after a settled
 * one whose effect is not on L1 (it reverted, or a reorganisation took it back) the next number is used. That never doubles an effect:
 * assertions and bonds are named by content, so the contract refuses a second one.
 */
export function attemptKey(intents: Pick<IntentStore, 'get'>, aim: string): string {
  for (let attempt = 0; ; attempt++) {
    const key = `${aim}#${attempt}`
    const state = intents.get(key)?.state
    if (state !== 'confirmed' && state !== 'failed') return key
  }
}
