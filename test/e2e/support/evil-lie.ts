import type { TraceSource } from '@crema/machine'

/** Where a falsified execution leaves the right one, counted from 0 within an assertion. */
export interface Lie {
  readonly at: 'block' | 'tx' | 'step'
  readonly index: number
}

/** Block, segment and micro-op of a trace. */
export interface Place {
  readonly b: number
  readonly x: number
  readonly i: number
}

/** Reads `block:N`, `tx:N` or `step:N`; nothing means the first transaction. Throws for anything else. */
export function parseLie(text: string): Lie {
  if (text === '') return { at: 'tx', index: 0 }
  const [, at, index] = /^(block|tx|step):([0-9]{1,15})$/.exec(text) ?? []
  if (at === undefined) throw new Error(`a lie is block:N, tx:N or step:N, not ${text}`)
  return { at: at as Lie['at'], index: Number(index) }
}

/**
 * The first state that a lie falsifies: after the first micro-op of block N, after the first of the N-th deposit or entry of the payloads, or after the
 * N-th micro-op. The last one there is, where the assertion has fewer; the first block's begin, where it has none.
 */
export function placeOf(source: TraceSource, { at, index }: Lie): Place {
  if (at === 'block') return { b: Math.min(index, source.blocks - 1), x: 0, i: 0 }
  let left = index
  let last: Place = { b: 0, x: 0, i: 0 }
  for (let b = 0; b < source.blocks; b++) {
    const segments = stepsOf(source, b)
    for (const [x, steps] of segments.entries()) {
      if (at === 'tx') {
        // Behind the begin and before the seal.
        if (x === 0 || x === segments.length - 1) continue
        last = { b, x, i: 0 }
        if (left-- === 0) return last
      } else {
        if (left < steps) return { b, x, i: left }
        last = { b, x, i: steps - 1 }
        left -= steps
      }
    }
  }
  return last
}

/** Micro-ops of each segment of a block. */
function stepsOf(source: TraceSource, b: number): number[] {
  const run = source.openBlock(b)
  const steps: number[] = []
  while (run.nextSegment()) steps.push(run.skip(Number.POSITIVE_INFINITY))
  return steps
}
