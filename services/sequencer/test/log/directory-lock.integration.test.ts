import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it, onTestFinished } from 'vitest'
import { lockDirectory } from '../../src/log/directory-lock.ts'
import { tempDir } from '../support/temp-dir.ts'

/** A process that tries to lock the folders, and which of them it got. */
async function contender(startMs: number, dirs: readonly string[]) {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(import.meta.dirname, 'lock-contender.ts'), `${startMs}`, ...dirs],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const exited = once(child, 'exit')
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  onTestFinished(kill)
  const [line] = await once(createInterface({ input: child.stdout! }), 'line')
  return { got: JSON.parse(String(line)) as string[], kill }
}

it('has exactly one holder, however many try at once after one was killed', { timeout: 60_000 }, async () => {
  const base = tempDir()
  const dirs = Array.from({ length: 300 }, (_, i) => join(base, `${i}`))
  for (const dir of dirs) mkdirSync(dir)
  const killed = await contender(Date.now(), dirs)
  expect(killed.got).toEqual(dirs)
  expect(() => lockDirectory(dirs[0]!)).toThrowError(expect.objectContaining({ code: 'LOG_IN_USE' }))
  await killed.kill()

  const startMs = Date.now() + 2_000
  const all = await Promise.all([contender(startMs, dirs), contender(startMs, dirs)])
  expect(all.flatMap(({ got }) => got).sort()).toEqual([...dirs].sort())
})
