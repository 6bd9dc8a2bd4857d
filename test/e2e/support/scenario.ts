import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { type Devnet, type DevnetOptions, startDevnet } from '../devnet/devnet.ts'

/**
 * Runs the tests of a file on a rollup of their own: started before the first, stopped after the last. Its folder is removed
 * when all passed and named when one failed. Returns what gives the running network.
 */
export function useDevnet(options: Omit<DevnetOptions, 'root'> = {}): () => Devnet {
  let root: string
  let devnet: Devnet | undefined
  let passed = false
  let failed = false

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'crema-e2e-'))
    devnet = await startDevnet({ root, ...options })
  }, 120_000)
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') failed = true
    else passed = true
  })
  afterAll(async () => {
    await devnet?.stop()
    if (passed && !failed) rmSync(root, { recursive: true, force: true })
    else console.error(`databases and logs: ${root}`)
  }, 60_000)

  return () => {
    if (devnet === undefined) throw new Error('the network did not start')
    return devnet
  }
}
