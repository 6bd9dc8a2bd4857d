import type { SealedHeader } from '@crema/execution'
import { type ChainView, latestHeader } from './resolve-block.ts'

/**
 * What `read` finds in the newest block, read again when another block came in between. A block takes its transactions out of the
 * pool: only a state of the newest block fits what the pool holds.
 */
export async function atLatest<T>(view: ChainView, read: (head: SealedHeader) => Promise<T>): Promise<T> {
  for (;;) {
    const head = latestHeader(view)
    const value = await read(head)
    if (latestHeader(view).hash === head.hash) return value
  }
}
