import { testAccount, testAddress } from '@crema/testing'
import { createWalletClient, http } from 'viem'
import { userIndexes } from './create-network.ts'
import type { Devnet } from './devnet.ts'

/** Sends a transfer on the rollup: where nothing happens there is nothing to assert, and nothing to lie about. */
export async function giveOccasion({ urls }: Pick<Devnet, 'urls'>): Promise<void> {
  const [from, to] = userIndexes
  const wallet = createWalletClient({ account: testAccount(from), transport: http(urls.rpc) })
  await wallet.sendTransaction({ chain: null, to: testAddress(to), value: 1n })
}
