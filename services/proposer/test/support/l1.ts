import { assertionChainAbi, bondVaultAbi, guardianPauseAbi, readLatestConfirmed, readLineTip } from '@crema/l1'
import type { Address, Hash } from '@crema/protocol'
import { type ForcedRollup, testAccount } from '@crema/testing'
import { createWalletClient, http, numberToHex } from 'viem'

/** Account of the test mnemonic. */
const GUARDIAN = 0

/** What a test reads of the rollup's contracts, and what others do to them. */
export function contractsOf({ l1, l1Url, config, rpc }: ForcedRollup) {
  const chain = { address: config.l1Contracts.assertionChain, abi: assertionChainAbi } as const
  const vault = { address: config.l1Contracts.bondVault, abi: bondVaultAbi } as const
  const fromBlock = config.l1StartBlock
  return {
    posted: () => l1.getContractEvents({ ...vault, eventName: 'BondPosted', fromBlock, strict: true }),
    rolled: () => l1.getContractEvents({ ...vault, eventName: 'BondRolled', fromBlock, strict: true }),
    claimed: () => l1.getContractEvents({ ...vault, eventName: 'Claimed', fromBlock, strict: true }),
    proposed: () => l1.getContractEvents({ ...chain, eventName: 'AssertionProposed', fromBlock, strict: true }),
    targets: () => l1.getContractEvents({ ...chain, eventName: 'TargetFixed', fromBlock, strict: true }),
    tip: () => readLineTip(l1, chain.address),
    latestConfirmed: () => readLatestConfirmed(l1, chain.address),
    /** Releases a bond of account `owner`, as its key may outside of the service. */
    release: async (id: Hash, owner: number) => {
      const wallet = createWalletClient({ account: testAccount(owner), transport: http(l1Url) })
      const hash = await wallet.writeContract({ ...vault, chain: null, functionName: 'release', args: [id] })
      await l1.waitForTransactionReceipt({ hash, pollingInterval: 20 })
    },
    /** The guardian pauses and throws all children of `parentId` out; who staked on them has it back. */
    invalidateChildren: async (parentId: Hash) => {
      const guardian = createWalletClient({ account: testAccount(GUARDIAN), transport: http(l1Url) })
      const pause = { address: config.l1Contracts.guardianPause, abi: guardianPauseAbi } as const
      const invalidation = { ...chain, chain: null, functionName: 'invalidate', args: [parentId] } as const
      for (const send of [
        () => guardian.writeContract({ ...pause, chain: null, functionName: 'pause' }),
        () => guardian.writeContract(invalidation),
      ]) {
        await l1.waitForTransactionReceipt({ hash: await send(), pollingInterval: 20 })
      }
    },
    setBalance: (address: Address, wei: bigint) => rpc('anvil_setBalance', address, numberToHex(wei)),
    balance: (address: Address) => l1.getBalance({ address }),
  }
}
