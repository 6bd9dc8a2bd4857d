import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeRollupConfig, encodeRollupConfig, type RollupConfig } from '@crema/protocol'

/** Where a development network keeps its files. */
export interface NetworkFiles {
  readonly root: string
  readonly rollup: string
  readonly l1State: string
  /** Folder for one service's database. */
  data(service: string): string
  log(service: string): string
}

/** Lays out a data folder. */
export function networkFiles(root: string): NetworkFiles {
  mkdirSync(join(root, 'logs'), { recursive: true })
  return {
    root,
    rollup: join(root, 'rollup.json'),
    l1State: join(root, 'l1-state.json'),
    data: (service) => join(root, service),
    log: (service) => join(root, 'logs', `${service}.log`),
  }
}

/** Reads the network's configuration; undefined before it was created. */
export function readRollupFile(files: NetworkFiles): RollupConfig | undefined {
  try {
    return decodeRollupConfig(readFileSync(files.rollup, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Writes the network's configuration. */
export function writeRollupFile(files: NetworkFiles, config: RollupConfig): void {
  writeFileSync(files.rollup, encodeRollupConfig(config))
}
