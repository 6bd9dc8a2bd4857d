import type { Step } from '../journey.ts'

/** The node executed it: receipt, block and state agree. */
export const execute: Step = {
  title: 'the node executes it',
  run: async ({ clients, transaction, l2BlockNumber }) => {
    const receipt = await clients.l2Public.getTransactionReceipt({ hash: transaction! })
    const block = await clients.l2Public.getBlock({ blockNumber: l2BlockNumber! })
    if (
      receipt.status !== 'success' ||
      receipt.blockHash !== block.hash ||
      !block.transactions.includes(transaction!)
    ) {
      throw new Error('receipt and block do not agree')
    }
    return `gas ${receipt.gasUsed}, state root ${block.stateRoot}`
  },
}
