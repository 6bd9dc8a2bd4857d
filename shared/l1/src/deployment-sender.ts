import type { Address, Hex } from '@crema/protocol'
import { type Abi, type Account, type Chain, encodeDeployData, type Transport, type WalletClient } from 'viem'
import type { L1Client } from './client.ts'
import { L1Error } from './errors.ts'

/** An account that deploys. */
export type Deployer = WalletClient<Transport, Chain | undefined, Account>

/** Sends a deployment's transactions one after the other, each with the next nonce, and waits for each. */
export interface DeploymentSender {
  /** Sends `data` to `to`, or as initcode. Throws {@link L1Error} `L1_BAD_RESPONSE` when it reverts. */
  send(to: Address | undefined, data: Hex): Promise<void>
  /** Deploys a contract. Throws as `send` does. */
  deploy(abi: Abi, bytecode: Hex, args: readonly unknown[]): Promise<void>
  /** Deploys contracts whose constructors need nothing of one another: sends all, then waits. Throws as `send` does. */
  deployAll(contracts: readonly NewContract[]): Promise<void>
}

/** A contract to be deployed. */
export interface NewContract {
  readonly abi: Abi
  readonly bytecode: Hex
  readonly args: readonly unknown[]
}

/** The first transaction has nonce `firstNonce`. */
export function createDeploymentSender(client: L1Client, deployer: Deployer, firstNonce: number): DeploymentSender {
  let nonce = firstNonce
  const publish = (index: number, to: Address | undefined, data: Hex): Promise<Hex> =>
    deployer.sendTransaction({
      chain: deployer.chain ?? null,
      nonce: index,
      data,
      ...(to === undefined ? {} : { to }),
    })
  const settle = async (index: number, hash: Hex): Promise<void> => {
    const receipt = await client.waitForTransactionReceipt({ hash, pollingInterval: 50 })
    if (receipt.status !== 'success') {
      throw new L1Error('L1_BAD_RESPONSE', `deployment transaction ${index - firstNonce} reverted`, {
        details: { hash },
      })
    }
  }
  const send = async (to: Address | undefined, data: Hex): Promise<void> => {
    const index = nonce++
    await settle(index, await publish(index, to, data))
  }
  return {
    send,
    deploy: (abi, bytecode, args) => send(undefined, encodeDeployData({ abi, bytecode, args })),
    async deployAll(contracts) {
      const sent: (readonly [number, Hex])[] = []
      for (const contract of contracts) {
        const index = nonce++
        sent.push([index, await publish(index, undefined, encodeDeployData(contract))])
      }
      for (const [index, hash] of sent) await settle(index, hash)
    },
  }
}
