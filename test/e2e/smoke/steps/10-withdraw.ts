import { parseEther } from 'viem'
import { getWithdrawals } from 'viem/op-stack'
import type { Step } from '../journey.ts'

/** The user reads the result and takes funds back to L1 with viem's op-stack actions, waiting by the wall clock. */
export const withdraw: Step = {
  title: 'the user withdraws to L1',
  run: async (journey) => {
    const { l1Public, l1Wallet, l2Public, l2Wallet, account, chains } = journey.clients
    const targetChain = chains.l2
    const value = parseEther('0.25')
    const hash = await l2Wallet.initiateWithdrawal({ request: { gas: 100_000n, to: account.address, value } })
    const receipt = await l2Public.waitForTransactionReceipt({ hash, timeout: 30_000 })
    const first = await l1Public.getWithdrawalStatus({ receipt, targetChain })
    if (first !== 'waiting-to-prove') throw new Error(`status after initiating: ${first}`)
    const { output, withdrawal } = await waitToProve()
    const proof = await l2Public.buildProveWithdrawal({ output, withdrawal })
    const proved = await l1Wallet.proveWithdrawal({ ...proof, targetChain })
    await l1Public.waitForTransactionReceipt({ hash: proved })
    await l1Public.waitToFinalize({ withdrawalHash: withdrawal.withdrawalHash, targetChain })
    await until('ready-to-finalize')
    const before = await l1Public.getBalance({ address: account.address })
    const finalized = await l1Wallet.finalizeWithdrawal({ targetChain, withdrawal })
    const done = await l1Public.waitForTransactionReceipt({ hash: finalized })
    const after = await l1Public.getBalance({ address: account.address })
    const gained = after - before + done.gasUsed * done.effectiveGasPrice
    if (gained !== value) throw new Error(`the withdrawal brought ${gained} wei`)
    await until('finalized')
    journey.facts.withdrawal = getWithdrawals(receipt)[0]!.withdrawalHash
    return `${value} wei back on L1, withdrawal ${journey.facts.withdrawal}`

    function waitToProve() {
      return l1Public.waitToProve({ receipt, targetChain, pollingInterval: 500 })
    }
    async function until(status: string): Promise<void> {
      const deadline = Date.now() + 120_000
      for (;;) {
        const now = await l1Public.getWithdrawalStatus({ receipt, targetChain })
        if (now === status) return
        if (Date.now() > deadline) throw new Error(`withdrawal is ${now}, not ${status}`)
        await new Promise((resolve) => setTimeout(resolve, 500))
      }
    }
  },
}
