import { parseEther } from 'viem'
import type { Step } from '../journey.ts'

/** The user deposits from L1 and submits an L2 transaction through the RPC. */
export const submit: Step = {
  title: 'the user submits',
  run: async (journey) => {
    const { l1Wallet, l1Public, l2Public, l2Wallet, account } = journey.clients
    const before = await l2Public.getBalance({ address: account.address })
    const request = await l2Public.buildDepositTransaction({ mint: parseEther('1'), to: account.address })
    const deposit = await l1Wallet.depositTransaction(request)
    const receipt = await l1Public.waitForTransactionReceipt({ hash: deposit })
    const { getL2TransactionHashes } = await import('viem/op-stack')
    const [l2Hash] = getL2TransactionHashes(receipt)
    if (l2Hash === undefined) throw new Error('the deposit has no transaction on L2')
    await l2Public.waitForTransactionReceipt({ hash: l2Hash, timeout: 30_000 })
    const after = await l2Public.getBalance({ address: account.address })
    if (after - before !== parseEther('1')) throw new Error(`deposit brought ${after - before} wei`)
    journey.transaction = await l2Wallet.sendTransaction({ to: account.address, value: 1n })
    journey.facts.deposit = l2Hash
    journey.facts.transaction = journey.transaction
    return `deposit ${l2Hash} of 1 ETH arrived; sent ${journey.transaction}`
  },
}
