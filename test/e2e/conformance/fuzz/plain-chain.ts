import { threadId } from 'node:worker_threads'
import type { Address, GenesisAccount, Hash, Hex } from '@crema/protocol'
import { config } from '../../../../shared/machine/test/block/support.ts'
import { startBareAnvil } from '../step-proofs/anvil.ts'
import { createRpc, type Rpc, RpcCallError } from '../step-proofs/rpc.ts'

const VARIABLE = 'CREMA_PLAIN_CHAINS'
/** Wei per gas in every block. */
export const baseFee = 1_000n
/** Beyond the numbers that programs ask BLOCKHASH for. */
const BLOCKS_BEFORE = '0x400'

/** Block that a transaction went into. */
export interface PlainBlock {
  readonly number: Hex
  readonly timestamp: Hex
  readonly gasLimit: Hex
  readonly baseFeePerGas: Hex
  readonly mixHash: Hash
  readonly miner: Address
}

/** What a transaction came to. */
export interface PlainReceipt {
  readonly status: Hex
  readonly gasUsed: Hex
  readonly blockNumber: Hex
  readonly contractAddress: Address | null
  readonly logs: readonly { readonly address: Address; readonly topics: readonly Hash[]; readonly data: Hex }[]
}

/** Starts the two anvils that threads, of which two run at a time, find by {@link connectPlainChain}. */
export async function sharePlainChains(): Promise<void> {
  const urls: string[] = []
  for (let i = 0; i < 2; i++) {
    const { url, rpc } = await startBareAnvil([
      '--chain-id',
      String(config.chainId),
      '--gas-limit',
      '30000000',
      '--base-fee',
      String(baseFee),
    ])
    await rpc.call('anvil_mine', [BLOCKS_BEFORE])
    urls.push(url)
  }
  process.env[VARIABLE] = JSON.stringify(urls)
}

/** This thread's anvil: the numbers of threads that run together follow each other. */
export function connectPlainChain(): Rpc {
  const urls = JSON.parse(process.env[VARIABLE]!) as readonly string[]
  return createRpc(urls[threadId % urls.length]!)
}

/** Gives the chain these accounts. */
export async function setAccounts(rpc: Rpc, alloc: Readonly<Record<Address, GenesisAccount>>): Promise<void> {
  for (const [at, { balance = 0n, nonce = 0n, code, storage = {} }] of Object.entries(alloc)) {
    await rpc.call('anvil_setBalance', [at, quantity(balance)])
    if (nonce > 0n) await rpc.call('anvil_setNonce', [at, quantity(nonce)])
    if (code !== undefined) await rpc.call('anvil_setCode', [at, code])
    for (const [slot, value] of Object.entries(storage)) await rpc.call('anvil_setStorageAt', [at, slot, value])
  }
}

/** Sends a transaction and waits until it is in a block; the reason when it is refused. */
export async function send(
  rpc: Rpc,
  raw: Hex,
): Promise<{ readonly receipt: PlainReceipt; readonly block: PlainBlock } | string> {
  await rpc.call('anvil_setNextBlockBaseFeePerGas', [quantity(baseFee)])
  let hash: Hash
  try {
    hash = await rpc.call<Hash>('eth_sendRawTransaction', [raw])
  } catch (error) {
    if (error instanceof RpcCallError) return error.message
    throw error
  }
  const deadline = Date.now() + 20_000
  for (;;) {
    const receipt = await rpc.call<PlainReceipt | null>('eth_getTransactionReceipt', [hash])
    if (receipt !== null) {
      return { receipt, block: await rpc.call<PlainBlock>('eth_getBlockByNumber', [receipt.blockNumber, false]) }
    }
    if (Date.now() > deadline) return 'it is not put into a block'
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

function quantity(value: bigint): Hex {
  return `0x${value.toString(16)}`
}
