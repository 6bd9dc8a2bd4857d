import type { Address } from '@crema/protocol'

/** Runs jobs of one sender one after another, in the order of the calls. */
export interface SenderLock {
  run<T>(sender: Address, job: () => Promise<T>): Promise<T>
}

/** Makes a {@link SenderLock}; it remembers only senders with unfinished jobs. */
export function createSenderLock(): SenderLock {
  const tails = new Map<Address, Promise<unknown>>()
  return {
    run(sender, job) {
      const before = tails.get(sender)
      const result = before === undefined ? job() : before.then(job)
      const tail = result.then(
        () => undefined,
        () => undefined,
      )
      tails.set(sender, tail)
      void tail.then(() => {
        if (tails.get(sender) === tail) tails.delete(sender)
      })
      return result
    },
  }
}
