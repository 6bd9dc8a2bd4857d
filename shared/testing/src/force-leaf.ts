import { inboxAbi, type L1Client, portalAbi, readOriginHeader } from '@crema/l1'
import type { Hash, RollupConfig } from '@crema/protocol'
import { createWalletClient, http, type LocalAccount } from 'viem'

/**
 * Appends a leaf to the Inbox of a rollup without force delay, by a deposit of 1 wei and its forced inclusion: L2 blocks without a
 * sequencer. The L1 must mine each transaction at once. Throws what L1 says.
 */
export async function forceLeaf(
  l1: L1Client,
  l1Url: string,
  account: LocalAccount,
  config: RollupConfig,
): Promise<void> {
  const wallet = createWalletClient({ account, transport: http(l1Url) })
  await mined(
    l1,
    wallet.writeContract({
      chain: null,
      address: config.l1Contracts.portal,
      abi: portalAbi,
      functionName: 'depositTransaction',
      args: [account.address, 1n, 100_000n, false, '0x'],
      value: 1n,
    }),
  )
  await forceInclude(l1, l1Url, account, config)
}

/** Forces all deposits that waited for the force delay into the Inbox, with the newest L1 block for their origin. Throws what L1 says. */
export async function forceInclude(
  l1: L1Client,
  l1Url: string,
  account: LocalAccount,
  { l1Contracts }: RollupConfig,
): Promise<void> {
  const wallet = createWalletClient({ account, transport: http(l1Url) })
  const { hash: origin } = await l1.getBlock({ blockTag: 'latest' })
  await mined(
    l1,
    wallet.writeContract({
      chain: null,
      address: l1Contracts.inbox,
      abi: inboxAbi,
      functionName: 'forceInclude',
      args: [await readOriginHeader(l1, origin)],
      gas: 1_500_000n,
    }),
  )
}

async function mined(l1: L1Client, sent: Promise<Hash>): Promise<void> {
  const hash = await sent
  const { status } = await l1.waitForTransactionReceipt({ hash, pollingInterval: 20 })
  if (status !== 'success') throw new Error(`L1 refused ${hash}`)
}
