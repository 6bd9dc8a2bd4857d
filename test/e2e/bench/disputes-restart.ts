// How long an agent that was killed in a duel under way takes to its next move: a process of its own, with a node of its own on disk.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeRollupConfig } from '@crema/protocol'
import { type ForcedRollup, freePort, testAddress, testKey } from '@crema/testing'
import { createServiceProcess, type ServiceProcess } from '../devnet/service-process.ts'
import { type Arena, startArena } from '../support/arena/arena.ts'
import { liar } from '../support/arena/contenders.ts'
import { l2User, postBlocks, prefunded } from '../support/arena/fill.ts'
import { movesOf } from '../support/arena/play.ts'
import { until } from '../support/until.ts'
import { lessRow, type Row } from './row.ts'

const [CHALLENGER, LIAR] = [12, 11] as const
const PATIENCE_MS = 180_000
const A = 600

/** Kills the challenger before each of its moves and measures from its start to the move on L1. */
export async function benchRestart(): Promise<Row> {
  const arena = await startArena({
    prefunded,
    challengePeriod: BigInt(A),
    fill: async (rollup) => {
      const user = l2User(rollup)
      await postBlocks(rollup, [[await user({ value: 1n, to: testAddress(9) })], [await user({ to: testAddress(9) })]])
    },
  })
  const { rollup } = arena
  // Its transactions are confirmed by blocks on top.
  const mining = setInterval(() => void rollup.rpc('evm_mine').catch(() => {}), 300)
  const challenger = await challengerOn(rollup)
  try {
    const seconds = (await restarts(arena, challenger)).sort((a, b) => a - b)
    const name = `disputes: from the start of a killed agent to its next move, longest of ${seconds.length} (peer: its clock)`
    return lessRow(name, 's', seconds.at(-1)!, A, 10)
  } finally {
    await challenger.kill()
    clearInterval(mining)
    await rollup.close()
  }
}

/** Seconds from each start to the move that followed. */
async function restarts(arena: Arena, challenger: ServiceProcess): Promise<number[]> {
  const wrong = await liar(arena, LIAR, { b: 0, x: 1, i: 20 })
  await arena.propose(wrong)
  await challenger.start(PATIENCE_MS)
  await until('the rival', PATIENCE_MS, async () => (await arena.state()).commitments.length === 1 || undefined)
  await arena.commit(wrong)
  const seconds: number[] = []
  for (;;) {
    await challenger.kill()
    const state = await arena.state()
    for (const { call } of movesOf(state, wrong)) await arena.send(LIAR, call)
    const [duel] = (await arena.state()).duels
    if (duel!.status === 'over') return seconds
    const from = performance.now()
    await challenger.start(PATIENCE_MS)
    await until(
      'the next move',
      PATIENCE_MS,
      async () => (await arena.state()).duels[0]!.depth > duel!.depth || undefined,
    )
    seconds.push((performance.now() - from) / 1_000)
  }
}

async function challengerOn({ config, dir, l1Url }: ForcedRollup): Promise<ServiceProcess> {
  const file = (name: string, text: string): string => {
    writeFileSync(join(dir, name), text)
    return join(dir, name)
  }
  const port = await freePort()
  return createServiceProcess({
    ...{ name: 'challenger', main: 'services/challenger/src/main.ts', logPath: join(dir, 'challenger.log') },
    readyUrl: `http://127.0.0.1:${port}/ready`,
    flags: [
      ...['--rollup', file('rollup.json', encodeRollupConfig(config)), '--data-dir', join(dir, 'challenger')],
      ...['--l1.rpc-url', l1Url, '--l1.poll-ms', '100', '--health.port', String(port)],
      ...['--challenger.mode', 'full', '--challenger.poll-ms', '200', '--challenger.spread-ms', '0'],
      ...['--signer.private-key-file', file('challenger.key', testKey(CHALLENGER))],
      ...['--tx.confirmations', '1', '--tx.poll-ms', '100', '--tx.resubmit-ms', '3000'],
    ],
  })
}
