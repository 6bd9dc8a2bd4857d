import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openChainStore } from '@crema/chain-store'
import { openNode } from '@crema/node'
import { createLogger, systemClock } from '@crema/service-kit'
import type { Devnet } from '../devnet/devnet.ts'
import { until } from './until.ts'

/** A chain as its tables' digests and its newest block say. */
export interface ChainDigests {
  readonly latest: bigint
  readonly tables: Readonly<Record<string, string>>
}

/** Syncs a new node from L1 alone, reading `l1Range` blocks at once, until it has finalized as much as `latest`. */
export async function syncFromL1(
  { config, urls }: Pick<Devnet, 'config' | 'urls'>,
  latest: bigint,
  l1Range = 50n,
): Promise<ChainDigests> {
  const dataDir = mkdtempSync(join(tmpdir(), 'crema-fresh-'))
  const stopping = new AbortController()
  const { node, close } = await openNode({
    config,
    dataDir,
    l1Url: urls.l1,
    sequencerUrl: undefined,
    clock: systemClock,
    logger: createLogger({ service: 'fresh', destination: { write: () => {} } }),
    settings: { l1PollMs: 100, l1Range, laneRange: 64, sequencerPollMs: 250, sequencerTimeoutMs: 5_000 },
  })
  const running = node.run(stopping.signal)
  try {
    await until('a fresh node to sync from L1', 60_000, async () =>
      node.store.heads().finalized.number >= latest ? true : undefined,
    )
    stopping.abort()
    await running
    return { latest: node.store.heads().latest.number, tables: node.store.digests().tables }
  } finally {
    stopping.abort()
    await running
    close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** What a stopped service's node stored. */
export function storedChain({ files }: Devnet, service: 'rpc' | 'challenger' | 'proposer'): ChainDigests {
  const store = openChainStore({ path: join(files.data(service), 'chain.sqlite'), readonly: true })
  try {
    return { latest: store.heads().latest.number, tables: store.digests().tables }
  } finally {
    store.close()
  }
}

/** Evidence that a stopped service's node kept. */
export function storedEvidence({ files }: Devnet, service: 'rpc' | 'challenger' | 'proposer') {
  const store = openChainStore({ path: join(files.data(service), 'chain.sqlite'), readonly: true })
  try {
    return store.listEvidence()
  } finally {
    store.close()
  }
}
