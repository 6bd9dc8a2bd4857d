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
  /** Deploys contracts that do not need one another, all at once. Throws as `send` does. */
  deployAll(deployments: readonly (readonly [abi: Abi, bytecode: Hex, args: readonly unknown[]])[]): Promise<void>
}

/** The first transaction has nonce `firstNonce`. */
export function createDeploymentSender(client: L1Client, deployer: Deployer, firstNonce: number): DeploymentSender {
  let nonce = firstNonce
  const submit = (to: Address | undefined, data: Hex): Promise<Hex> =>
    deployer.sendTransaction({
      chain: deployer.chain ?? null,
      nonce: nonce++,
      data,
      ...(to === undefined ? {} : { to }),
    })
  const settle = async (hash: Hex): Promise<void> => {
    const receipt = await client.waitForTransactionReceipt({ hash, pollingInterval: 50 })
    if (receipt.status !== 'success') {
      throw new L1Error('L1_BAD_RESPONSE', `deployment transaction ${hash} reverted`, { details: { hash } })
    }
  }
  const send = async (to: Address | undefined, data: Hex): Promise<void> => settle(await submit(to, data))
  return {
    send,
    deploy: (abi, bytecode, args) => send(undefined, encodeDeployData({ abi, bytecode, args })),
    deployAll: async (deployments) => {
      const hashes: Hex[] = []
      for (const [abi, bytecode, args] of deployments) {
        hashes.push(await submit(undefined, encodeDeployData({ abi, bytecode, args })))
      }
      await Promise.all(hashes.map(settle))
    },
  }
}
