import { inboxAbi, readOriginHeader } from '@crema/l1'
import type { TransactionReceipt } from 'viem'
import type { Devnet } from '../devnet/devnet.ts'
import type { Clients } from './clients.ts'

/**
 * Forces the oldest overdue deposits into the Inbox. It wants the header of the block before the one that mines the call, so a
 * sender tries again when a block came in between. Throws when five tries fail.
 */
export async function forceInclude({ config }: Devnet, { l1Public, l1Wallet }: Clients): Promise<TransactionReceipt> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const { hash: origin } = await l1Public.getBlock({ blockTag: 'latest' })
    const hash = await l1Wallet.writeContract({
      address: config.l1Contracts.inbox,
      abi: inboxAbi,
      functionName: 'forceInclude',
      args: [await readOriginHeader(l1Public as never, origin)],
      gas: 1_500_000n,
    })
    const receipt = await l1Public.waitForTransactionReceipt({ hash })
    if (receipt.status === 'success') return receipt
  }
  throw new Error('forced inclusion failed')
}
