import type { Hash } from '@crema/protocol'
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

/** What the steps of the walk hand on to one another. */
export interface Journey {
  readonly devnet: Devnet
  readonly clients: Clients
  /** Facts found on the way, printed in the summary. */
  readonly facts: Record<string, unknown>
  transaction?: Hash
  l2BlockNumber?: bigint
  leafIndex?: bigint
  assertion?: Hash
  withdrawal?: Hash
}

/** One step: a title for people, and what must hold. */
export interface Step {
  readonly title: string
  run(journey: Journey): Promise<string>
}

/** Polls until `look` gives a value. Throws after `timeoutMs`, naming what was waited for. */
export async function until<T>(what: string, timeoutMs: number, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const value = await look()
    if (value !== undefined) return value
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** A call of the rollup's own namespace. */
export async function rollupCall<T>(url: string, method: string, ...params: readonly unknown[]): Promise<T> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  const { result, error } = (await response.json()) as { result: T; error?: { code: number; message: string } }
  if (error !== undefined) throw new Error(`${method}: ${error.code} ${error.message}`)
  return result
}

/** What a service says of itself at /status. */
export async function serviceStatus<T>(devnet: Devnet, name: keyof Devnet['services']): Promise<T> {
  return (await (await fetch(`http://127.0.0.1:${devnet.ports.health[name]}/status`)).json()) as T
}
