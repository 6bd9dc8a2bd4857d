import { testAccount } from '@crema/testing'
import { createPublicClient, createWalletClient, http } from 'viem'
import { publicActionsL1, publicActionsL2, walletActionsL1, walletActionsL2 } from 'viem/op-stack'
import { l1Chain, l2Chain } from '../devnet/chains.ts'
import type { Devnet } from '../devnet/devnet.ts'

/** Real clients of both layers for one user, unmodified viem with its op-stack actions. */
export function createClients(devnet: Devnet, userIndex: number) {
  const account = testAccount(userIndex)
  const l1 = l1Chain(devnet.config, devnet.urls.l1)
  const l2 = l2Chain(devnet.config, devnet.urls.rpc)
  const pollingInterval = 200
  return {
    account,
    chains: { l1, l2 },
    l1Public: createPublicClient({ chain: l1, transport: http(), pollingInterval }).extend(publicActionsL1()),
    l2Public: createPublicClient({ chain: l2, transport: http(), pollingInterval }).extend(publicActionsL2()),
    l1Wallet: createWalletClient({ account, chain: l1, transport: http(), pollingInterval }).extend(walletActionsL1()),
    l2Wallet: createWalletClient({ account, chain: l2, transport: http(), pollingInterval }).extend(walletActionsL2()),
  }
}

export type Clients = ReturnType<typeof createClients>
