// Speed of a fresh node that syncs from L1 alone, beside executing the same blocks and doing nothing else.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createExecutor, createGenesis } from '@crema/execution'
import { defaultNodeSettings, openNode, type RollupNode } from '@crema/node'
import { bytesToHex } from '@crema/protocol'
import { createLogger, systemClock } from '@crema/service-kit'
import type { Devnet } from '../devnet/devnet.ts'
import { until } from '../support/until.ts'
import { type Row, row } from './row.ts'

/** Syncs a new database from the network's L1 up to its last posted block. */
export async function benchSync(devnet: Devnet): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'crema-bench-sync-'))
  const { node, close } = await openNode({
    config: devnet.config,
    dataDir,
    l1Url: devnet.urls.l1,
    sequencerUrl: undefined,
    clock: systemClock,
    logger: createLogger({ service: 'bench', level: 'fatal' }),
    settings: { ...defaultNodeSettings, l1PollMs: 100 },
  })
  const stop = new AbortController()
  const started = performance.now()
  const running = node.run(stop.signal)
  await until('the sync', 600_000, async () => (node.status().mode === 'syncing' ? undefined : true))
  const seconds = (performance.now() - started) / 1000
  stop.abort()
  await running
  const { latest } = node.store.heads()
  const gas = Number(node.store.position(latest.number)!.gasSinceGenesis)
  const alone = await executeAlone(devnet, node)
  close()
  rmSync(dataDir, { recursive: true, force: true })
  const blocks = Number(latest.number - devnet.config.genesis.number)
  return [
    row('sync from L1 alone (peer: executing alone)', 'blocks/s', blocks / seconds, blocks / alone),
    row('sync from L1 alone (peer: executing alone)', 'Mgas/s', gas / 1e6 / seconds, gas / 1e6 / alone),
  ]
}

/** Seconds to execute the synced chain again on state in memory. */
async function executeAlone(devnet: Devnet, { store, config }: RollupNode): Promise<number> {
  const nodes = new Map<string, Uint8Array>()
  const codes = new Map<string, Uint8Array>()
  const key = (hash: Uint8Array): string => bytesToHex(hash).slice(2)
  const state = { node: (hash: Uint8Array) => nodes.get(key(hash)), code: (hash: Uint8Array) => codes.get(key(hash)) }
  const executor = createExecutor({ config: config.l2, state, portal: config.l1Contracts.portal })
  const genesis = await createGenesis(config.genesis, config.l2)
  const keep = ({ writes }: Pick<typeof genesis, 'writes'>): void => {
    for (const [hash, node] of writes.nodes) nodes.set(hash, node)
    for (const [hash, code] of writes.codes) codes.set(hash, code)
  }
  keep(genesis)
  let parent = genesis.header
  const started = performance.now()
  for (let index = 0n; index < store.leafCount(); index++) {
    const { leaf, payload } = store.leaf(index)!
    const result = await executor.executeBlock(parent, {
      number: devnet.config.genesis.number + index + 1n,
      timestamp: leaf.timestamp,
      prevRandao: leaf.prevRandao,
      origin: {
        number: leaf.originNumber,
        hash: leaf.originHash,
        timestamp: leaf.originTimestamp,
        baseFee: leaf.originBaseFee,
      },
      deposits: store.deposits(leaf.depositStart, leaf.depositEnd),
      payload,
    })
    keep(result)
    parent = { ...result.block.header, hash: result.block.hash }
  }
  return (performance.now() - started) / 1000
}
