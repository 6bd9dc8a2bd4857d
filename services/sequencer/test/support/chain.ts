import { openChain } from '../../src/chain/chain.ts'
import { initialState } from '../../src/chain/initial-state.ts'
import { committee, genesisOrigin, laneA, laneB, setId } from './committee.ts'

export const initial = initialState({ setId, epoch: 0n, lanes: [laneB, laneA], origin: genesisOrigin })

export const open = (dir: string, options: { segmentBytes?: number; cacheBytes?: number } = {}) =>
  openChain({ dir, initial, committee, ...options })

/** Seals `count` blocks with small payloads, alternating between the lanes. */
export async function grow(chain: Awaited<ReturnType<typeof open>>, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const height = Number(chain.state.height) + 1
    const { lane } = height % 3 === 0 ? laneB : laneA
    await chain.seal({
      timestamp: BigInt(1_000 + height),
      origin: genesisOrigin,
      payloads: new Map([[lane, new Uint8Array([0, 0, 0, 1, height])]]),
    })
  }
}
