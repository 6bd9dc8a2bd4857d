import { createHttpSequencerClient } from '@crema/sequencer-client'
import { testKey } from '@crema/testing'
import { expect, it } from 'vitest'
import { startProcess } from '../support/process.ts'
import { lane, rollup } from '../support/rollup.ts'
import { eventually, ordered } from '../support/running.ts'
import { tempDir } from '../support/temp-dir.ts'
import { transfer } from '../support/transactions.ts'

it('sequencer and poster as processes, killed again and again, bring every block in once', {
  timeout: 180_000,
}, async () => {
  const chain = await rollup()
  const [sequencerDir, posterDir] = [tempDir(), tempDir()]
  const startSequencer = (port: string) =>
    startProcess('main.ts', 'listening', [
      ...['--data-dir', sequencerDir, '--port', port, '--block-time-ms', '50', '--lanes', `${lane}=${chain.inbox}`],
      ...['--l1.rpc-url', chain.anvil.url, '--l1.origin', 'latest-minus-1', '--l1.poll-ms', '200'],
    ])
  let sequencer = await startSequencer('0')
  const { port } = new URL(sequencer.url)
  const startPoster = () =>
    startProcess(
      'poster-main.ts',
      'posting',
      [
        ...['--data-dir', posterDir, '--inbox', chain.inbox, '--sequencer.url', sequencer.url],
        ...['--l1.rpc-url', chain.anvil.url, '--l1.origin', 'latest-minus-1', '--l1.poll-ms', '100'],
        ...['--batch.max-delay-ms', '0', '--tx.confirmations', '2', '--health.port', '0'],
      ],
      { CREMA_POSTER_SIGNER_PRIVATE_KEY: testKey(3) },
    )
  const client = createHttpSequencerClient({ url: sequencer.url })
  let nonce = 0n
  for (let round = 0; round < 6; round++) {
    const poster = await startPoster()
    for (let i = 0; i < 3; i++) await ordered(client, lane, await client.submit(lane, transfer({ nonce: nonce++ })))
    await new Promise((resolve) => setTimeout(resolve, 60 * round))
    await poster.kill('SIGKILL')
    if (round % 3 === 2) {
      await sequencer.kill('SIGKILL')
      sequencer = await startSequencer(port)
    }
  }
  const poster = await startPoster()
  const last = (await client.info()).height
  const newest = (await client.laneProof(last, lane)).laneHeight
  await eventually(async () => ((await chain.position())[1] === newest ? true : undefined), 30_000)
  expect((await chain.position())[0]).toBe((await client.laneProof(last, lane)).laneTip)
  expect(await chain.leaves()).toBe(newest)
  const health = poster.lines.find(({ msg }) => msg === 'health')!.url
  expect(await (await fetch(`${health}/status`)).json()).toMatchObject({ depositsOverdue: false })
  expect((await fetch(`${health}/ready`)).status).toBe(200)
  expect(await poster.kill('SIGTERM')).toBe(0)
  expect(await sequencer.kill('SIGTERM')).toBe(0)
})
