import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTraceStore } from '@crema/chain-store'
import { bytesToHex } from '@crema/protocol'
import { expect, it } from 'vitest'
import { buildTrace, createMemoryTraceStore } from '../../src/index.ts'
import { makeChain } from './make-chain.ts'

const script = new URL('./build-slowly.ts', import.meta.url).pathname

/** Lets a child build; kills it once it says that `blocks` are done. Returns its last whole line. */
async function build(path: string, blocks?: number): Promise<string> {
  const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    if (blocks !== undefined && output.includes(`blocks ${blocks}\n`)) child.kill('SIGKILL')
  })
  const [code, signal] = (await closed) as [number | null, string | null]
  expect(blocks === undefined ? code : signal).toBe(blocks === undefined ? 0 : 'SIGKILL')
  return output.split('\n').at(-2)!
}

it('goes on with a half-built trace after its process was killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crema-trace-'))
  const path = join(folder, 'traces.sqlite')
  try {
    const chain = await makeChain()
    const whole = await buildTrace({ source: chain.source, store: createMemoryTraceStore() })
    await build(path, 1)
    const held = openTraceStore(path)
    const [trace] = held.traces()
    expect(trace!.traceId).toBe(chain.source.id)
    expect(trace!.blocks).toBeGreaterThanOrEqual(1)
    expect(trace!.blocks).toBeLessThan(3)
    held.close()
    const [, root, opened] = (await build(path)).split(' ')
    expect(root).toBe(bytesToHex(whole.root))
    expect(Number(opened)).toBe(3 - trace!.blocks)
    const store = openTraceStore(path)
    const again = await buildTrace({
      source: { ...chain.source, openBlock: () => expect.unreachable('a block is run again') },
      store,
    })
    expect(again.root).toEqual(whole.root)
    expect(again.openBlockLeaf(2)).toEqual(whole.openBlockLeaf(2))
    store.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
