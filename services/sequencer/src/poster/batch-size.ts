import type { Clock } from '@crema/service-kit'
import type { BatchLimits } from './fit.ts'

/** How large batches may be now. */
export interface BatchSize {
  current(): BatchLimits
  /** L1 refused a batch: half as much next time, so that a block that cannot be posted with others does not stop them. */
  refused(): void
  /** A batch is final: what refusals halved is whole again. */
  posted(): void
  /** The fee limit stopped a batch: half as much, growing back step by step. */
  tooDear(): void
}

const maxHalvings = 20

/** Starts with `limits`; after `regrowMs` without another {@link BatchSize.tooDear} one of its halvings is taken back. */
export function createBatchSize(limits: BatchLimits, clock: Clock, regrowMs: number): BatchSize {
  let refusals = 0
  let dear = 0
  let regrowAtMs = 0
  const regrow = () => {
    while (dear > 0 && clock.nowMs() >= regrowAtMs) {
      dear--
      regrowAtMs += regrowMs
    }
  }
  return {
    current: () => {
      regrow()
      const halvings = Math.min(refusals + dear, maxHalvings)
      return {
        maxBytes: Math.max(1, limits.maxBytes >> halvings),
        maxBlocks: Math.max(1, limits.maxBlocks >> halvings),
      }
    },
    refused: () => {
      refusals = Math.min(refusals + 1, maxHalvings)
    },
    posted: () => {
      refusals = 0
    },
    tooDear: () => {
      regrow()
      dear = Math.min(dear + 1, maxHalvings)
      regrowAtMs = clock.nowMs() + regrowMs
    },
  }
}
