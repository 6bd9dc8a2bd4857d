import type { L1Client } from '@crema/l1'
import { TransactionReceiptNotFoundError, WaitForTransactionReceiptTimeoutError } from 'viem'

const TIMEOUT_MS = 120_000

/**
 * The client, asking for a receipt until it is there. viem's own wait looks at block numbers, and may miss the one block that brings it on an L1
 * that mines only when it is told to.
 */
export function polledReceipts(client: L1Client): L1Client {
  const waitForTransactionReceipt: L1Client['waitForTransactionReceipt'] = async ({
    hash,
    pollingInterval = 50,
    timeout = TIMEOUT_MS,
  }) => {
    for (const deadline = Date.now() + timeout; ; ) {
      try {
        return await client.getTransactionReceipt({ hash })
      } catch (error) {
        if (!(error instanceof TransactionReceiptNotFoundError)) throw error
      }
      if (Date.now() > deadline) throw new WaitForTransactionReceiptTimeoutError({ hash })
      await new Promise((resolve) => setTimeout(resolve, pollingInterval))
    }
  }
  return client.extend(() => ({ waitForTransactionReceipt }))
}
