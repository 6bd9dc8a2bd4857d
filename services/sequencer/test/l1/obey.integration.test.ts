import { headerHash } from '@crema/protocol'
import { createHttpSequencerClient } from '@crema/sequencer-client'
import { freePort } from '@crema/testing'
import { describe, expect, it } from 'vitest'
import { handOver, nextKeys } from '../support/handover.ts'
import { posterOf, sequencerOf } from '../support/posting.ts'
import { startProcess } from '../support/process.ts'
import { lane, type Rollup, rollup, verifyOnL1 } from '../support/rollup.ts'
import { eventually, ordered } from '../support/running.ts'
import { tempDir } from '../support/temp-dir.ts'
import { transfer } from '../support/transactions.ts'

const start = async ({ anvil, inbox }: Rollup, dataDir: string, ...more: string[]) => {
  const health = await freePort()
  const service = await startProcess('main.ts', 'listening', [
    ...['--data-dir', dataDir, '--port', '0', '--block-time-ms', '0', '--lanes', `${lane}=${inbox}`],
    ...['--l1.rpc-url', anvil.url, '--l1.origin', 'latest-minus-1', '--l1.poll-ms', '100'],
    ...['--health.port', `${health}`, ...more],
  ])
  const ready = async () => {
    const response = await fetch(`http://127.0.0.1:${health}/ready`)
    return { status: response.status, body: await response.text() }
  }
  return { ...service, ready, client: createHttpSequencerClient({ url: service.url }) }
}

/** Orders and posts `count` blocks with a sequencer in this process, whose log is in `dataDir`. */
async function post(chain: Rollup, dataDir: string, count: number, key = 1) {
  const sequencer = await sequencerOf(chain, 0, { dataDir })
  await posterOf(chain, sequencer.url, 1)
  for (let nonce = 0n; nonce < count; nonce++) {
    await ordered(sequencer.client, lane, await sequencer.client.submit(lane, transfer({ nonce, key })))
  }
  await eventually(async () => ((await chain.position())[1] === BigInt(count) ? true : undefined), 20_000)
  await sequencer.close()
}

describe('the end of an epoch', () => {
  it('stops a running sequencer at the last height, and the next committee goes on', { timeout: 60_000 }, async () => {
    const chain = await rollup()
    const dataDir = tempDir()
    const old = await start(chain, dataDir)
    const submit = (client: typeof old.client, nonce: bigint) => client.submit(lane, transfer({ nonce }))
    await ordered(old.client, lane, await submit(old.client, 0n))
    await handOver(chain, 4n)
    await eventually(() => old.lines.find(({ endHeight }) => endHeight === '3' || endHeight === 3))
    for (const nonce of [1n, 2n]) await ordered(old.client, lane, await submit(old.client, nonce))
    await expect(submit(old.client, 3n)).rejects.toMatchObject({ details: { reason: 'EPOCH_ENDED' } })
    const { status, body } = await eventually(async () => {
      const answer = await old.ready()
      return answer.status === 200 ? undefined : answer
    })
    expect({ status, body }).toMatchObject({ status: 503, body: expect.stringContaining('epoch 0 ended at height 3') })
    expect(await old.client.info()).toMatchObject({ height: 3n, healthy: false })
    expect(await old.client.blocks({ lane, fromLaneHeight: 1n, limit: 9 })).toMatchObject({ blocks: { length: 3 } })
    await old.kill('SIGTERM')

    const again = await start(chain, dataDir)
    await expect(submit(again.client, 3n)).rejects.toMatchObject({ details: { reason: 'EPOCH_ENDED' } })
    await again.kill('SIGTERM')

    const { count, firstIndex } = nextKeys
    const keys = ['--committee.count', `${count}`, '--committee.first-index', `${firstIndex}`]
    const next = await start(chain, dataDir, ...keys)
    await ordered(next.client, lane, await submit(next.client, 3n))
    const { header, certificate } = (await next.client.certifiedHeader(4n))!
    expect(header).toMatchObject({ epoch: 1n, height: 4n })
    await verifyOnL1(chain.l1, chain.registry, [chain.setId, 1n, 4n, headerHash(header), certificate])
  })
})

describe('a log that is not what L1 holds', () => {
  it('is refused at the start when it is an old copy, or holds other blocks', { timeout: 60_000 }, async () => {
    const chain = await rollup()
    await post(chain, tempDir(), 2)
    await expect(start(chain, tempDir())).rejects.toThrowError('LOG_BEHIND_L1')

    const dataDir = tempDir()
    const other = await sequencerOf(chain, 0, { dataDir })
    for (let nonce = 0n; nonce < 3n; nonce++) {
      await ordered(other.client, lane, await other.client.submit(lane, transfer({ nonce, key: 2 })))
    }
    await other.close()
    await expect(start(chain, dataDir)).rejects.toThrowError('LOG_CONTRADICTS_L1')
  })

  it('ends a running sequencer when another one signs with its keys', { timeout: 60_000 }, async () => {
    const chain = await rollup()
    const first = await start(chain, tempDir())
    await post(chain, tempDir(), 1)
    const exited = new Promise((resolve) => first.child.once('exit', resolve))
    expect(await exited).toBe(1)
    expect(JSON.stringify(first.lines)).toContain('LOG_BEHIND_L1')
  })
})
