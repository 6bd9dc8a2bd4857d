import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

// In memory where the system has it: tests that open a log a thousand times spend their time in fsync otherwise.
const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** A folder that is removed after the test. */
export function tempDir(): string {
  const dir = mkdtempSync(join(base, 'crema-sequencer-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
