// Speed of the execution engine beside @ethereumjs/vm as installed and anvil, on the same transactions, in one run.
import { pathToFileURL } from 'node:url'
import { createExecutor, createGenesis } from '@crema/execution'
import { bytesToHex, encodePayload, type L2ChainConfig } from '@crema/protocol'
import { threadSeconds } from './execution-clock.ts'
import { measureAnvil, measureEthereumjs } from './execution-peers.ts'
import { benchChainId, createWorkloads, type Workload } from './execution-workloads.ts'
import { type Row, row } from './row.ts'

const ROUNDS = 4

/** Measures every workload, best of four rounds. Payload bytes in, block and writes out: decoding and sender recovery included. */
export async function benchExecution(): Promise<Row[]> {
  const rows: Row[] = []
  for (const workload of createWorkloads()) {
    const own = rate(workload, await measureOwn(workload, ROUNDS))
    const installed = rate(workload, await measureEthereumjs(workload, ROUNDS))
    const anvil = rate(workload, await measureAnvil(workload, ROUNDS))
    rows.push(
      row(`${workload.name} (peer: @ethereumjs/vm as installed)`, workload.unit, own, installed, workload.target),
    )
    rows.push(row(`${workload.name} (peer: anvil, mining alone)`, workload.unit, own, anvil))
  }
  return rows
}

const config: L2ChainConfig = {
  chainId: benchChainId,
  blockGasLimit: 30_000_000n,
  minBaseFee: 1_000n,
  elasticityMultiplier: 2n,
  baseFeeChangeDenominator: 8n,
}

/** Seconds of each round on this project's executor; writes are stored in memory, outside of the time. */
async function measureOwn(workload: Workload, rounds: number): Promise<number[]> {
  const nodes = new Map<string, Uint8Array>()
  const codes = new Map<string, Uint8Array>()
  const key = (hash: Uint8Array): string => bytesToHex(hash).slice(2)
  const state = { node: (hash: Uint8Array) => nodes.get(key(hash)), code: (hash: Uint8Array) => codes.get(key(hash)) }
  const genesis = await createGenesis({ number: 0n, timestamp: 1n, baseFee: 1_000n, alloc: workload.alloc }, config)
  const store = ({ writes }: Pick<typeof genesis, 'writes'>): void => {
    for (const [hash, node] of writes.nodes) nodes.set(hash, node)
    for (const [hash, code] of writes.codes) codes.set(hash, code)
  }
  store(genesis)
  const executor = createExecutor({ config, state, portal: `0x${'00'.repeat(20)}` })
  const zero = `0x${'00'.repeat(32)}` as const
  const origin = { number: 1n, hash: zero, timestamp: 1n, baseFee: 1n }
  const seconds: number[] = []
  let parent = genesis.header
  for (let round = 0; round < rounds; round++) {
    const raws = workload.block(round)
    const payload = encodePayload(raws)
    const input = {
      number: parent.number + 1n,
      timestamp: BigInt(round + 2),
      prevRandao: zero,
      origin,
      deposits: [],
      payload,
    }
    const started = threadSeconds()
    const result = await executor.executeBlock(parent, input)
    seconds.push(threadSeconds() - started)
    if (result.block.receipts.length !== raws.length) throw new Error('the executor skipped transactions')
    if (workload.gas !== undefined && result.block.header.gasUsed !== workload.gas)
      throw new Error('the loop ended early')
    store(result)
    parent = { ...result.block.header, hash: result.block.hash }
  }
  return seconds
}

function rate(workload: Workload, seconds: readonly number[]): number {
  return workload.amount / Math.min(...seconds)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const rows = await benchExecution()
  for (const { name, value, unit, peer, ratio, target } of rows) {
    const verdict =
      target === undefined ? '' : ratio >= target ? `, target ${target}: met` : `, target ${target}: MISSED`
    console.log(`${name}: ${value.toFixed(1)} ${unit} against ${peer.toFixed(1)}, ratio ${ratio.toFixed(2)}${verdict}`)
  }
  process.exitCode = rows.every(({ ratio, target }) => target === undefined || ratio >= target) ? 0 : 1
}
