import type { IntentReceipt } from '@crema/chain-store'
import type { Address, Hash, Hex } from '@crema/protocol'
import { classifyRefusal, type RefusalClass } from './classify.ts'
import { type Market, nextBaseFee } from './fees.ts'

/** A viem client, or anything with its `request`. */
export interface EthClient {
  readonly request: (args: never, options?: never) => Promise<unknown>
}

/** A call to simulate. */
export interface CallRequest {
  readonly from: Address
  readonly to: Address
  readonly data: Hex
  readonly valueWei: bigint
}

/** The newest block, as far as it matters here. */
export interface Head {
  readonly number: bigint
  readonly nextBaseFeeWei: bigint
}

/** The chain as the manager sees it. */
export interface Chain {
  chainId(): Promise<number>
  head(): Promise<Head>
  market(head: Head): Promise<Market>
  nonce(address: Address, at: 'latest' | 'pending' | bigint): Promise<number>
  balance(address: Address): Promise<bigint>
  blockHash(number: bigint): Promise<Hash | null>
  receipt(hash: Hash): Promise<IntentReceipt | null>
  /** Whether the node has the transaction, pending or mined. */
  knows(hash: Hash): Promise<boolean>
  estimateGas(call: CallRequest): Promise<bigint>
  /** Simulates a call on top of a block; resolves to the error it reverts with, or null. */
  callError(call: CallRequest, gasLimit: bigint, block: bigint): Promise<unknown>
  /** Publishes through every client; enough if one takes it. Resolves to null, or to why none did. */
  publish(raw: Hex): Promise<Refusal | null>
}

/** Why no client took a transaction. */
export interface Refusal {
  readonly kind: RefusalClass
  readonly cause: unknown
  /** Whether a node may have it all the same: an answer was lost, or was not understood. */
  readonly mayHaveArrived: boolean
}

type Rpc = (args: { method: string; params: readonly unknown[] }) => Promise<unknown>
interface RpcBlock {
  readonly number: Hex
  readonly hash: Hash
  readonly baseFeePerGas?: Hex
  readonly gasUsed: Hex
  readonly gasLimit: Hex
}
interface RpcReceipt {
  readonly transactionHash: Hash
  readonly blockNumber: Hex
  readonly blockHash: Hash
  readonly status: Hex
  readonly gasUsed: Hex
  readonly effectiveGasPrice: Hex
}

const quantity = (value: bigint): Hex => `0x${value.toString(16)}`
const callObject = ({ from, to, data, valueWei }: CallRequest) => ({ from, to, data, value: quantity(valueWei) })

const toReceipt = (r: RpcReceipt): IntentReceipt => ({
  hash: r.transactionHash,
  blockNumber: BigInt(r.blockNumber),
  blockHash: r.blockHash,
  succeeded: BigInt(r.status) === 1n,
  gasUsed: BigInt(r.gasUsed),
  effectiveGasPriceWei: BigInt(r.effectiveGasPrice),
})

/** Reads through the first client, publishes through all. Plain JSON-RPC, nothing cached. */
export function createChain(clients: readonly [EthClient, ...EthClient[]]): Chain {
  const rpcs = clients.map(({ request }) => request as unknown as Rpc)
  const rpc = <T>(method: string, ...params: readonly unknown[]) => rpcs[0]!({ method, params }) as Promise<T>
  const block = (tag: Hex | 'latest') => rpc<RpcBlock | null>('eth_getBlockByNumber', tag, false)
  return {
    chainId: async () => Number(await rpc<Hex>('eth_chainId')),
    head: async () => {
      const latest = await block('latest')
      if (!latest) throw new Error('the node has no latest block')
      const baseFee = BigInt(latest.baseFeePerGas ?? '0x0')
      return {
        number: BigInt(latest.number),
        nextBaseFeeWei: nextBaseFee(baseFee, BigInt(latest.gasUsed), BigInt(latest.gasLimit)),
      }
    },
    market: async (head) => ({
      baseFeeWei: head.nextBaseFeeWei,
      tipWei: BigInt(await rpc<Hex>('eth_maxPriorityFeePerGas')),
    }),
    nonce: async (address, at) =>
      Number(await rpc<Hex>('eth_getTransactionCount', address, typeof at === 'bigint' ? quantity(at) : at)),
    balance: async (address) => BigInt(await rpc<Hex>('eth_getBalance', address, 'latest')),
    blockHash: async (number) => (await block(quantity(number)))?.hash ?? null,
    receipt: async (hash) => {
      const receipt = await rpc<RpcReceipt | null>('eth_getTransactionReceipt', hash)
      return receipt && toReceipt(receipt)
    },
    knows: async (hash) => (await rpc<object | null>('eth_getTransactionByHash', hash)) !== null,
    estimateGas: async (call) => BigInt(await rpc<Hex>('eth_estimateGas', callObject(call), 'pending')),
    callError: async (call, gasLimit, at) => {
      try {
        await rpc('eth_call', { ...callObject(call), gas: quantity(gasLimit) }, quantity(at))
        return null
      } catch (error) {
        return error
      }
    },
    publish: async (raw) => {
      const send = (one: Rpc) => one({ method: 'eth_sendRawTransaction', params: [raw] })
      const results = await Promise.allSettled(rpcs.map(send))
      const refusals = results
        .filter((result) => result.status === 'rejected')
        .map(({ reason }) => ({ kind: classifyRefusal(reason), cause: reason as unknown }))
      if (refusals.length < results.length || refusals.some(({ kind }) => kind === 'already-known')) return null
      const mayHaveArrived = refusals.some(({ kind }) => kind === 'connection' || kind === 'unknown')
      // What a node says counts more than that another one was silent.
      const spoken = refusals.find(({ kind }) => kind !== 'connection')
      return { ...(spoken ?? refusals[0]!), mayHaveArrived }
    },
  }
}
