import { inboxAbi, readOriginHeader } from '@crema/l1'
import type { TransactionReceipt } from 'viem'
import type { Devnet } from '../devnet/devnet.ts'
import type { Clients } from './clients.ts'

/** Forces the oldest overdue deposits into the Inbox with the newest L1 block for their origin. Throws when the call is refused. */
export async function forceInclude({ config }: Devnet, { l1Public, l1Wallet }: Clients): Promise<TransactionReceipt> {
  const { hash: origin } = await l1Public.getBlock({ blockTag: 'latest' })
  const hash = await l1Wallet.writeContract({
    address: config.l1Contracts.inbox,
    abi: inboxAbi,
    functionName: 'forceInclude',
    args: [await readOriginHeader(l1Public as never, origin)],
    gas: 1_500_000n,
  })
  const receipt = await l1Public.waitForTransactionReceipt({ hash })
  if (receipt.status !== 'success') throw new Error(`forced inclusion reverted: ${hash}`)
  return receipt
}
