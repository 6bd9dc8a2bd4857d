import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startPacemaker } from '../../src/chain/pacemaker.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('ticks at the block time and never overlaps', async () => {
  let running = 0
  let made = 0
  const produce = async () => {
    expect(++running).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 250))
    running--
    return ++made
  }
  const pacemaker = startPacemaker({ blockTimeMs: 100, produce, nextDueMs: () => undefined, onError: () => {} })
  pacemaker.wake()
  await vi.advanceTimersByTimeAsync(99)
  expect(running).toBe(0)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(made).toBeGreaterThanOrEqual(3)
  const closed = pacemaker.close()
  await vi.advanceTimersByTimeAsync(1_000)
  await closed
  const final = made
  await vi.advanceTimersByTimeAsync(1_000)
  expect(made).toBe(final)
})

it('on demand makes blocks until nothing is left, and comes back for what becomes due', async () => {
  let waiting = 3
  let due: number | undefined
  const produce = async () => (waiting > 0 ? waiting-- : undefined)
  const pacemaker = startPacemaker({ blockTimeMs: 0, produce, nextDueMs: () => due, onError: () => {} })
  pacemaker.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(waiting).toBe(0)
  due = 700
  pacemaker.wake()
  await vi.advanceTimersByTimeAsync(0)
  waiting = 1
  due = undefined
  await vi.advanceTimersByTimeAsync(699)
  expect(waiting).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(waiting).toBe(0)
  await pacemaker.close()
})

it('goes on after errors', async () => {
  const errors: unknown[] = []
  let calls = 0
  const produce = async () => {
    if (++calls < 3) throw new Error(`${calls}`)
    return undefined
  }
  const onError = (error: unknown) => errors.push(error)
  const pacemaker = startPacemaker({ blockTimeMs: 0, produce, nextDueMs: () => undefined, onError })
  pacemaker.wake()
  await vi.advanceTimersByTimeAsync(3_000)
  expect([calls, errors.length]).toEqual([3, 2])
  await pacemaker.close()
})
