import type { L2ChainConfig } from '@crema/protocol'
import { blockHashFromState } from '../l2/block-hash.ts'
import { JournaledState } from '../state/journaled-state.ts'
import type { StateCache } from '../state/state-cache.ts'
import { createL2Common } from '../vm/common.ts'
import { createL2Engine, type Engine } from '../vm/engine.ts'

/** An engine of its own for one call, and where it finds hashes that its state does not hold. */
interface Lease {
  readonly engine: Engine
  /** Asked first; undefined leaves the answer to the state. */
  hashOf: (number: bigint) => Uint8Array | undefined
}

/** Runs calls at the same time, each on an engine that no other call uses meanwhile. */
export interface EnginePool {
  use<T>(root: Uint8Array, hashOf: Lease['hashOf'], run: (engine: Engine) => Promise<T>): Promise<T>
}

const IDLE = 4

/** Engines are costly to make and cheap to reset: up to four idle ones wait for the next call. */
export function createEnginePool(config: L2ChainConfig, cache: StateCache): EnginePool {
  const idle: Lease[] = []

  async function open(): Promise<Lease> {
    const state = new JournaledState(cache)
    const lease: { engine?: Engine; hashOf: Lease['hashOf'] } = { hashOf: () => undefined }
    const blockHash = async (number: bigint): Promise<Uint8Array> =>
      lease.hashOf(number) ?? (await blockHashFromState(state, number))
    lease.engine = await createL2Engine(createL2Common(config), state, blockHash)
    return lease as Lease
  }

  return {
    async use(root, hashOf, run) {
      const lease = idle.pop() ?? (await open())
      lease.hashOf = hashOf
      lease.engine.state.reset(root)
      // An engine whose call threw is dropped: it may have broken off anywhere.
      const result = await run(lease.engine)
      if (idle.length < IDLE) idle.push(lease)
      return result
    },
  }
}
