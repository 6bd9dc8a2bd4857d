import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { type ChainStore, type ChainStoreOptions, openChainStore } from '../../src/index.ts'
import { makeGenesis } from './blocks.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup()
})

/** Path of a store in a folder of its own, removed after the test. */
export function temporaryPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'crema-chain-store-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'data', 'chain.sqlite')
}

/** Opens a store that is closed after the test. */
export function openTemporary(options: Partial<ChainStoreOptions> = {}): ChainStore {
  const store = openChainStore({ path: temporaryPath(), ...options })
  cleanups.push(() => store.close())
  return store
}

/** The same with the test chain's genesis in it. */
export function openInitialized(options: Partial<ChainStoreOptions> = {}): ChainStore {
  const store = openTemporary(options)
  store.initialize(makeGenesis())
  return store
}

/** The code that `action` throws, or undefined. */
export function codeOf(action: () => unknown): string | undefined {
  try {
    action()
    return undefined
  } catch (error) {
    return (error as { code?: string }).code
  }
}
