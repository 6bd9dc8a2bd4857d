import { createHttpSequencerClient, type SequencerClient } from '@crema/sequencer-client'
import { createLogger, createMetrics, systemClock } from '@crema/service-kit'
import { onTestFinished } from 'vitest'
import { startApiServer } from '../../src/api/server.ts'
import { createSequencer, honestPorts, type SequencerDeps } from '../../src/app.ts'
import { faultyApi } from '../../src/faults/api.ts'
import { faultyPorts } from '../../src/faults/ports.ts'
import { silencedApi } from '../../src/faults/silence.ts'
import { createFaultSwitches } from '../../src/faults/switches.ts'
import { committee, genesisOrigin, laneA, laneB, setId } from './committee.ts'
import { tempDir } from './temp-dir.ts'

/** A sequencer with fault switches behind a real HTTP server, in this process, on demand unless told otherwise. */
export async function running(options: Partial<SequencerDeps> = {}) {
  const switches = createFaultSwitches()
  const lanes = [laneA, laneB]
  const sequencer = await createSequencer({
    dataDir: tempDir(),
    setId,
    epoch: 0n,
    committee,
    lanes,
    genesisOrigin,
    ports: faultyPorts(
      honestPorts(systemClock, (previous) => previous),
      switches,
    ),
    clock: systemClock,
    logger: createLogger({ service: 'sequencer-test', level: 'fatal' }),
    metrics: createMetrics('sequencer-test'),
    blockTimeMs: 0,
    ...options,
  })
  const failures: unknown[] = []
  const server = await startApiServer({
    api: silencedApi(faultyApi(sequencer.api, { switches, committee, lanes, setId }), switches),
    host: '127.0.0.1',
    port: 0,
    onFailure: (error) => failures.push(error),
  })
  let closing: Promise<void> | undefined
  const closeAll = async () => {
    switches.set({})
    await server.close()
    await sequencer.close()
  }
  const close = () => (closing ??= closeAll())
  onTestFinished(close)
  const client: SequencerClient = createHttpSequencerClient({ url: server.url, timeoutMs: 8_000 })
  return { sequencer, server, switches, client, failures, url: server.url, close }
}

/** Resolves once `condition` returns a value, asked every few milliseconds. */
export async function eventually<T>(condition: () => Promise<T | undefined> | T | undefined, ms = 20_000): Promise<T> {
  const deadline = Date.now() + ms
  for (;;) {
    const value = await condition()
    if (value !== undefined) return value
    if (Date.now() > deadline) throw new Error('condition not met in time')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** The transaction's place once it is ordered. */
export const ordered = (client: SequencerClient, lane: bigint, hash: `0x${string}`) =>
  eventually(async () => {
    const status = await client.status(lane, hash)
    return status.stage === 'ordered' ? status : undefined
  })
