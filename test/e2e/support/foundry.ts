import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { foundryBinary } from '@crema/testing'

const run = promisify(execFile)

/** Runs Foundry's `tool` in this folder; what it wrote to standard output. Throws with what it said when it fails. */
export async function foundry(tool: 'cast' | 'forge', args: readonly string[], options: FoundryOptions = {}) {
  const { stdout } = await run(foundryBinary(tool), [...args], {
    cwd: options.cwd ?? import.meta.dirname,
    // Nothing of the user's environment chooses another network or colours the output.
    env: { PATH: process.env.PATH, HOME: options.home ?? import.meta.dirname, NO_COLOR: '1', ...options.env },
    maxBuffer: 64 * 1024 * 1024,
    timeout: 120_000,
  })
  return stdout.trim()
}

export interface FoundryOptions {
  readonly cwd?: string
  /** Where it keeps its caches. */
  readonly home?: string
  readonly env?: Readonly<Record<string, string>>
}

/** The folder of the project that `forge script` deploys from. */
export const forgeScriptFolder = join(import.meta.dirname, 'forge-script')
