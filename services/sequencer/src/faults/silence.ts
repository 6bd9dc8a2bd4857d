import { setTimeout as wait } from 'node:timers/promises'
import type { SequencerApi } from '../api/sequencer-api.ts'
import { Refusal } from '../errors.ts'
import type { FaultSwitches } from './switches.ts'

/** `inner` behind the faults that keep answers away: stop (hang or refuse) and delay. Announcements stop and lag as well. */
export function silencedApi(inner: SequencerApi, switches: FaultSwitches): SequencerApi {
  const pass = async () => {
    while (switches.current.stop === 'hang') await switches.changed()
    if (switches.current.stop === 'refuse')
      throw new Refusal(503, 'STOPPED', 'the sequencer is stopped', { retryable: true })
    await wait(switches.current.delayMs ?? 0)
  }
  return {
    info: (signal) => pass().then(() => inner.info(signal)),
    lane: (lane) => pass().then(() => inner.lane(lane)),
    submit: (lane, raw, signal) => pass().then(() => inner.submit(lane, raw, signal)),
    status: (lane, hash, signal) => pass().then(() => inner.status(lane, hash, signal)),
    blocks: (options, signal) => pass().then(() => inner.blocks(options, signal)),
    laneProof: (height, lane, signal) => pass().then(() => inner.laneProof(height, lane, signal)),
    certifiedHeader: (height, signal) => pass().then(() => inner.certifiedHeader(height, signal)),
    heartbeat: (lane, signal) => pass().then(() => inner.heartbeat(lane, signal)),
    watch: (lane, onBlock, signal) =>
      inner.watch(
        lane,
        (laneHeight) => {
          if (switches.current.stop) return
          void wait(switches.current.delayMs ?? 0).then(() => signal.aborted || onBlock(laneHeight))
        },
        signal,
      ),
  }
}
