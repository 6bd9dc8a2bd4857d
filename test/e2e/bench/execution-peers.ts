import { hexToBytes } from '@crema/protocol'
import { startAnvil } from '@crema/testing'
import { createBlock } from '@ethereumjs/block'
import { createCustomCommon, Hardfork, Mainnet } from '@ethereumjs/common'
import { MerkleStateManager } from '@ethereumjs/statemanager'
import { createTxFromRLP } from '@ethereumjs/tx'
import { Account, createAddressFromString } from '@ethereumjs/util'
import { createVM, runBlock } from '@ethereumjs/vm'
import { threadSeconds } from './execution-clock.ts'
import { benchChainId, type Workload } from './execution-workloads.ts'

/** Seconds of each round of a workload on @ethereumjs/vm as installed: default crypto, no caches; decoding and recovery included. */
export async function measureEthereumjs(workload: Workload, rounds: number): Promise<number[]> {
  const common = createCustomCommon({ chainId: Number(benchChainId) }, Mainnet, { hardfork: Hardfork.Osaka })
  const stateManager = new MerkleStateManager({ common })
  const vm = await createVM({ common, stateManager })
  for (const [hex, { balance = 0n, nonce = 0n, code, storage = {} }] of Object.entries(workload.alloc)) {
    const address = createAddressFromString(hex)
    await stateManager.putAccount(address, new Account(nonce, balance))
    if (code !== undefined) await stateManager.putCode(address, hexToBytes(code))
    for (const [slot, value] of Object.entries(storage)) {
      await stateManager.putStorage(address, hexToBytes(slot as `0x${string}`), hexToBytes(value))
    }
  }
  const seconds: number[] = []
  for (let round = 0; round < rounds; round++) {
    const raws = workload.block(round)
    const started = threadSeconds()
    const transactions = raws.map((raw) => createTxFromRLP(raw, { common }))
    const header = {
      number: BigInt(round + 1),
      gasLimit: 30_000_000n,
      baseFeePerGas: 1_000n,
      timestamp: BigInt(round + 1),
    }
    const block = createBlock({ header, transactions }, { common, skipConsensusFormatValidation: true })
    const result = await runBlock(vm, { block, generate: true, skipBlockValidation: true, skipHeaderValidation: true })
    seconds.push(threadSeconds() - started)
    if (result.receipts.length !== raws.length) throw new Error('the peer skipped transactions')
  }
  return seconds
}

/** Seconds of each round in anvil (revm), mining alone: transactions are decoded and recovered before. */
export async function measureAnvil(workload: Workload, rounds: number): Promise<number[]> {
  const anvil = await startAnvil({ chainId: Number(benchChainId) })
  try {
    await rpc(anvil.url, [['evm_setAutomine', [false]]])
    for (const [address, { balance = 0n, code, storage = {} }] of Object.entries(workload.alloc)) {
      const calls: Call[] = [['anvil_setBalance', [address, `0x${balance.toString(16)}`]]]
      if (code !== undefined) calls.push(['anvil_setCode', [address, code]])
      for (const [slot, value] of Object.entries(storage)) calls.push(['anvil_setStorageAt', [address, slot, value]])
      await rpc(anvil.url, calls)
    }
    const seconds: number[] = []
    for (let round = 0; round < rounds; round++) {
      const raws = workload.block(round)
      await rpc(
        anvil.url,
        raws.map((raw) => ['eth_sendRawTransaction', [`0x${Buffer.from(raw).toString('hex')}`]]),
      )
      const started = performance.now()
      await rpc(anvil.url, [['evm_mine', []]])
      seconds.push((performance.now() - started) / 1000)
      const [block] = (await rpc(anvil.url, [['eth_getBlockByNumber', ['latest', false]]])) as {
        transactions: unknown[]
      }[]
      if (block?.transactions.length !== raws.length) throw new Error('anvil did not mine every transaction')
    }
    return seconds
  } finally {
    await anvil.stop()
  }
}

type Call = readonly [string, readonly unknown[]]

async function rpc(url: string, calls: readonly Call[]): Promise<unknown[]> {
  const body = calls.map(([method, params], id) => ({ jsonrpc: '2.0', id, method, params }))
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  const answers = (await response.json()) as { id: number; result?: unknown; error?: { message: string } }[]
  for (const { error } of answers) if (error !== undefined) throw new Error(error.message)
  return answers.sort((left, right) => left.id - right.id).map(({ result }) => result)
}
