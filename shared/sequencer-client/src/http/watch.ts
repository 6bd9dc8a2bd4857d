import { parseAnnouncement } from '../wire/announcement.ts'
import { listen } from './listen.ts'
import { request, type Transport } from './request.ts'
import { sleep } from './sleep.ts'

/** What {@link watchLane} needs. Times in milliseconds. */
export interface WatchOptions {
  readonly transport: Transport
  readonly ws: string | false
  readonly lane: bigint
  readonly onBlock: (laneHeight: bigint) => void
  readonly signal: AbortSignal
  /** Interval of polling while no WebSocket is open. */
  readonly pollMs: number
}

/** While a WebSocket is open, polling only guards against one that has gone silent. */
const slowPollFactor = 15
const maxPauseMs = 30_000

/**
 * Calls `onBlock` whenever the sequencer names another newest lane height than before: by WebSocket when it can, by polling
 * always, with growing pauses while the sequencer fails. Ends with the signal; never throws.
 */
export function watchLane({ transport, ws, lane, onBlock, signal, pollMs }: WatchOptions): void {
  let last = 0n
  let connected = false
  let wake = new AbortController()
  const report = (laneHeight: bigint) => {
    if (signal.aborted || laneHeight === last) return
    last = laneHeight
    onBlock(laneHeight)
  }
  const pause = async (ms: number) => {
    await sleep(ms, AbortSignal.any([signal, wake.signal]))
    if (wake.signal.aborted) wake = new AbortController()
  }
  const poll = async () => {
    for (let failures = 0; !signal.aborted; ) {
      try {
        const answer = await request(transport, { path: `v1/lanes/${lane}`, maxBytes: 4096, signal })
        const announced = parseAnnouncement(answer, 'lane')
        failures = 0
        report(announced.laneHeight)
      } catch {
        failures++
      }
      await pause(Math.min(maxPauseMs, pollMs * (connected ? slowPollFactor : 2 ** Math.min(failures, 10))))
    }
  }
  const subscribe = async (url: string) => {
    for (let failures = 0; !signal.aborted; ) {
      const opened = await listen({
        url: `${url}?lane=${lane}`,
        signal,
        onOpen: () => {
          connected = true
          failures = 0
        },
        onMessage: (message) => {
          const announced = parseAnnouncement(message, 'announcement')
          if (announced.lane === lane) report(announced.laneHeight)
        },
      })
      connected = false
      if (opened) wake.abort()
      failures++
      await sleep(Math.min(maxPauseMs, 250 * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2), signal)
    }
  }
  void poll()
  if (ws !== false) void subscribe(ws)
}
