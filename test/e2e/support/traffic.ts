import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { wETH9Abi } from '@crema/l1'
import { type Hash, predeploys } from '@crema/protocol'
import { testAccount } from '@crema/testing'
import { encodeFunctionData, type Hex, keccak256 } from 'viem'
import { getL2TransactionHashes } from 'viem/op-stack'
import type { Devnet } from '../devnet/devnet.ts'
import { createClients } from './clients.ts'
import { setFaults } from './faults.ts'
import { submitUntilAccepted } from './submit-until-accepted.ts'
import { until } from './until.ts'

/** What went into the network. */
export interface Traffic {
  /** L2 hashes that must be executed: every transaction that the RPC accepted, every deposit that L1 holds. */
  readonly accepted: readonly Hash[]
  readonly deposits: number
  /** Junk that the sequencer took while it admitted anything. */
  readonly garbage: number
  /** Submissions beyond the first of a transaction. */
  readonly repeated: number
}

/** Running senders. */
export interface Sending {
  /** Ends the senders after what they are at. Throws what one of them threw. */
  stop(): Promise<Traffic>
  /** Fails the caller's wait as soon as a sender fails. */
  readonly failed: Promise<never>
}

const fees = { maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 1_000_000n, type: 'eip1559' } as const

/** Starts senders of transfers, contract calls, deposits and garbage; each has one transaction under way at a time. */
export function startTraffic(devnet: Devnet, pauseMs: number): Sending {
  const accepted: Hash[] = []
  const count = { deposits: 0, garbage: 0, repeated: 0 }
  let stopped = false
  const lane = devnet.config.l2.chainId

  async function repeat(once: () => Promise<void>): Promise<void> {
    while (!stopped) {
      await once()
      await sleep(pauseMs)
    }
  }

  /** A user of L2 who trusts the RPC's word alone. */
  async function sender(index: number, call: (n: number) => { to: Hex; value: bigint; data: Hex; gas: bigint }) {
    const account = testAccount(index)
    let nonce = 0
    await repeat(async () => {
      const raw = await account.signTransaction({ ...fees, ...call(nonce), chainId: Number(lane), nonce })
      const { tries } = await submitUntilAccepted(devnet.urls.rpc, raw)
      count.repeated += tries - 1
      accepted.push(keccak256(raw))
      nonce++
      await executed(keccak256(raw))
    })
  }

  /** Waits for a receipt, through restarts of the RPC. */
  const executed = (hash: Hash) =>
    until(`accepted transaction ${hash} to be executed`, 60_000, () =>
      createClients(devnet, 5)
        .l2Public.getTransactionReceipt({ hash })
        .catch(() => undefined),
    )

  const transfer = (to: Hex) => () => ({ to, value: 1n, data: '0x' as const, gas: 21_000n })
  const token = (n: number) => ({
    to: predeploys.weth9,
    gas: 120_000n,
    ...(n % 3 === 0
      ? { value: 1_000n, data: encodeFunctionData({ abi: wETH9Abi, functionName: 'deposit' }) }
      : {
          value: 0n,
          data: encodeFunctionData({
            abi: wETH9Abi,
            functionName: 'transfer',
            args: [testAccount(20 + n).address, 7n],
          }),
        }),
  })

  async function depositor(index: number): Promise<void> {
    const { l1Wallet, l1Public, l2Public, account } = createClients(devnet, index)
    await repeat(async () => {
      const hash = await l1Wallet.depositTransaction({
        request: { mint: 5n, to: account.address, value: 5n, gas: 100_000n },
        targetChain: l2Public.chain,
        // What a deposit burns depends on the base fee of its block: an estimate may fall short.
        gas: 400_000n,
      })
      const receipt = await l1Public.waitForTransactionReceipt({ hash })
      if (receipt.status !== 'success') throw new Error(`deposit ${hash} reverted`)
      accepted.push(...getL2TransactionHashes(receipt))
      count.deposits++
    })
  }

  async function vandal(): Promise<void> {
    await repeat(async () => {
      try {
        await setFaults(devnet, { admitAnything: true })
        const response = await fetch(`${devnet.urls.sequencer}/v1/lanes/${lane}/transactions`, {
          method: 'POST',
          headers: { 'content-type': 'application/octet-stream' },
          body: randomBytes(40),
        })
        if (response.ok) count.garbage++
        await setFaults(devnet, {})
      } catch {
        // The sequencer is down: a vandal does not insist.
      }
      await sleep(4 * pauseMs)
    })
  }

  const all = Promise.all([
    sender(5, transfer(testAccount(6).address)),
    sender(6, transfer(testAccount(7).address)),
    sender(7, token),
    depositor(8),
    vandal(),
  ])
  const failed = new Promise<never>((_, reject) => all.catch(reject))
  failed.catch(() => {})
  return {
    failed,
    stop: async () => {
      stopped = true
      await all
      return { accepted, ...count }
    },
  }
}
