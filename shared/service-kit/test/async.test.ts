import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffDelay, createManualClock, periodic, retry, sleep } from '../src/index.ts'

describe('sleep', () => {
  it('rejects with the reason when aborted, before and during', async () => {
    await expect(sleep(10_000, AbortSignal.abort('early'))).rejects.toBe('early')
    const controller = new AbortController()
    const pending = sleep(10_000, controller.signal)
    controller.abort('late')
    await expect(pending).rejects.toBe('late')
  })
})

describe('backoffDelay', () => {
  it('stays between half the capped exponential and the whole', () => {
    fc.assert(
      fc.property(
        fc.nat(100),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.integer({ min: 1, max: 1000 }),
        (attempt, random, baseMs) => {
          const ceiling = Math.min(60_000, baseMs * 2 ** attempt)
          const delay = backoffDelay(attempt, random, { baseMs, maxMs: 60_000 })
          expect(delay).toBeGreaterThanOrEqual(ceiling / 2)
          expect(delay).toBeLessThanOrEqual(ceiling)
        },
      ),
    )
  })
})

describe('retry', () => {
  const failing = (times: number, error: unknown) => {
    let calls = 0
    return async () => {
      if (calls++ < times) throw error
      return calls
    }
  }
  it('goes on until success', async () => {
    expect(await retry(failing(3, new Error('x')), { baseMs: 1 })).toBe(4)
  })
  it('gives up on the last attempt and on errors that say they are final', async () => {
    await expect(retry(failing(9, new Error('x')), { baseMs: 1, attempts: 3 })).rejects.toThrow('x')
    let tries = 0
    const final = Object.assign(new Error('final'), { retryable: false })
    const fn = async () => {
      tries++
      throw final
    }
    await expect(retry(fn, { baseMs: 1 })).rejects.toBe(final)
    expect(tries).toBe(1)
  })
  it('stops waiting when aborted', async () => {
    const controller = new AbortController()
    const pending = retry(failing(99, new Error('x')), {
      baseMs: 100_000,
      signal: controller.signal,
      onRetry: () => controller.abort('stop'),
    })
    await expect(pending).rejects.toBe('stop')
  })
})

describe('periodic', () => {
  it('survives a throwing round, can be woken, and ends with the signal', async () => {
    const controller = new AbortController()
    const logged: object[] = []
    let rounds = 0
    const loop = periodic(
      () => {
        rounds++
        if (rounds === 1) throw new Error('first')
        if (rounds === 3) controller.abort()
      },
      1_000_000,
      controller.signal,
      { error: (fields) => logged.push(fields) },
    )
    const waker = setInterval(() => loop.wake(), 5)
    await loop.done
    clearInterval(waker)
    expect(rounds).toBe(3)
    expect(logged).toHaveLength(1)
  })
  it('has a wake during a round followed by another round at once', async () => {
    const controller = new AbortController()
    let rounds = 0
    const loop = periodic(
      async () => {
        rounds++
        if (rounds === 2) controller.abort()
        await sleep(20)
      },
      1_000_000,
      controller.signal,
      { error: () => {} },
    )
    await sleep(5)
    loop.wake()
    await loop.done
    expect(rounds).toBe(2)
  })
})

it('manual clock stands still until moved', () => {
  const clock = createManualClock(1_999)
  expect([clock.nowMs(), clock.nowSeconds()]).toEqual([1_999, 1])
  clock.advance(1)
  expect([clock.nowMs(), clock.nowSeconds()]).toEqual([2_000, 2])
})
