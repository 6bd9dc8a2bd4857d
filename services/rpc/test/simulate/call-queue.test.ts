import { describe, expect, it } from 'vitest'
import { createCallQueue } from '../../src/simulate/call-queue.ts'

const gate = () => Promise.withResolvers<number>()

describe('the queue of simulations', () => {
  it('runs a few at a time, in order', async () => {
    const queue = createCallQueue({ callConcurrency: 2, callQueue: 10, callTimeout: 5_000 })
    const gates = [gate(), gate(), gate()]
    const begun: number[] = []
    const results = gates.map(({ promise }, i) =>
      queue.run(() => {
        begun.push(i)
        return promise
      }),
    )
    expect(begun).toEqual([0, 1])
    gates[1]!.resolve(7)
    await expect.poll(() => begun).toEqual([0, 1, 2])
    gates[0]!.resolve(6)
    gates[2]!.resolve(8)
    expect(await Promise.all(results)).toEqual([6, 7, 8])
    await expect.poll(() => queue.pending()).toBe(0)
  })

  it('refuses what would wait behind too many', async () => {
    const queue = createCallQueue({ callConcurrency: 1, callQueue: 1, callTimeout: 5_000 })
    const first = gate()
    const running = [queue.run(() => first.promise), queue.run(async () => 2)]
    await expect(queue.run(async () => 3)).rejects.toMatchObject({ code: -32005 })
    first.resolve(1)
    expect(await Promise.all(running)).toEqual([1, 2])
  })

  it('gives up after the time limit, waiting included, and tells the job', async () => {
    const queue = createCallQueue({ callConcurrency: 1, callQueue: 5, callTimeout: 30 })
    const hold = gate()
    let aborted = false
    let ran = false
    const running = queue.run((signal) => {
      signal.addEventListener('abort', () => {
        aborted = true
      })
      return hold.promise
    })
    const waiting = queue.run(async () => {
      ran = true
      return 1
    })
    await expect(running).rejects.toMatchObject({ code: -32002, message: 'request timed out' })
    await expect(waiting).rejects.toMatchObject({ code: -32002 })
    expect(aborted).toBe(true)
    hold.resolve(1)
    expect(await queue.run(async () => 9)).toBe(9)
    expect(ran).toBe(false)
  })

  it('passes on the errors of jobs', async () => {
    const queue = createCallQueue({ callConcurrency: 1, callQueue: 5, callTimeout: 1_000 })
    await expect(queue.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await queue.run(async () => 1)).toBe(1)
  })
})
