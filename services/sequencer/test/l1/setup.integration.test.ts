import { deploymentAddresses } from '@crema/l1'
import { headerHash } from '@crema/protocol'
import { createHttpSequencerClient } from '@crema/sequencer-client'
import { freePort, testAccount } from '@crema/testing'
import { describe, expect, it } from 'vitest'
import { readL1Setup } from '../../src/l1/read-setup.ts'
import { handOver } from '../support/handover.ts'
import { posterOf, sequencerOf } from '../support/posting.ts'
import { startProcess } from '../support/process.ts'
import { lane, rollup, verifyOnL1 } from '../support/rollup.ts'
import { eventually, ordered } from '../support/running.ts'
import { tempDir } from '../support/temp-dir.ts'
import { transfer } from '../support/transactions.ts'

const start = (url: string, inbox: string, ...more: string[]) =>
  startProcess('main.ts', 'listening', [
    ...['--data-dir', tempDir(), '--port', '0', '--block-time-ms', '0', '--lanes', `${lane}=${inbox}`],
    ...['--l1.rpc-url', url, '--l1.origin', 'latest-minus-1', '--l1.poll-ms', '100'],
    ...more,
  ])

describe('the sequencer and L1', () => {
  it('waits for L1, takes the set from it, and goes on with the last origin when L1 is away', async () => {
    const port = await freePort()
    const { inbox } = deploymentAddresses(testAccount(0).address, 0)
    const starting = start(`http://127.0.0.1:${port}`, inbox)
    await new Promise((resolve) => setTimeout(resolve, 500))
    const chain = await rollup({ port })
    expect(chain.inbox).toBe(inbox)
    const sequencer = await starting
    const client = createHttpSequencerClient({ url: sequencer.url })
    expect(await client.info()).toMatchObject({ setId: chain.setId, epoch: 0n })
    // A block each until the sequencer has looked at L1.
    let nonce = 0n
    const first = await eventually(async () => {
      await ordered(client, lane, await client.submit(lane, transfer({ nonce: nonce++ })))
      const { header } = (await client.certifiedHeader(nonce))!
      return header.originNumber > chain.genesisOrigin.number ? header : undefined
    })
    expect((await chain.l1.getBlock({ blockNumber: first.originNumber })).hash).toBe(first.originHash)
    chain.mining(false)
    await chain.anvil.stop()
    const afterwards = nonce
    for (; nonce < afterwards + 2n; nonce++) {
      await ordered(client, lane, await client.submit(lane, transfer({ nonce })))
    }
    const [second, third] = [await client.certifiedHeader(nonce - 1n), await client.certifiedHeader(nonce)]
    expect(second!.header.originNumber).toBeGreaterThanOrEqual(first.originNumber)
    expect(third!.header.originHash).toBe(second!.header.originHash)
  })

  it('refuses to sign with keys that are not the members', async () => {
    const chain = await rollup()
    await expect(start(chain.anvil.url, chain.inbox, '--committee.count', '3')).rejects.toThrowError('BAD_COMMITTEE')
  })

  it('goes on in the next epoch with its new members, and posters with it', async () => {
    const chain = await rollup()
    const dataDir = tempDir()
    const before = await sequencerOf(chain, 0, { dataDir })
    await posterOf(chain, before.url, 1)
    for (let nonce = 0n; nonce < 3n; nonce++) {
      await ordered(before.client, lane, await before.client.submit(lane, transfer({ nonce })))
    }
    await eventually(async () => ((await chain.position())[1] === 3n ? true : undefined))
    await before.close()

    const committee = await handOver(chain, 4n)
    const setup = await readL1Setup(chain.l1, chain.inbox)
    expect(setup.committee).toMatchObject({ epoch: 1n, startHeight: 4n, members: committee.members })

    const tooEarly = sequencerOf(chain, 0, { dataDir, committee, epoch: 1n, epochStart: 5n })
    await expect(tooEarly).rejects.toMatchObject({ code: 'EPOCH_NOT_STARTED' })
    const after = await sequencerOf(chain, 0, { dataDir, committee, epoch: 1n, epochStart: 4n })
    await posterOf(chain, after.url, 2)
    await ordered(after.client, lane, await after.client.submit(lane, transfer({ nonce: 3n })))
    await eventually(async () => ((await chain.position())[1] === 4n ? true : undefined))
    const { header, certificate } = (await after.client.certifiedHeader(4n))!
    expect(header.epoch).toBe(1n)
    await verifyOnL1(chain.l1, chain.registry, [chain.setId, 1n, 4n, headerHash(header), certificate])
  })
})
