import { CremaError, type Hash, keccak256Hex } from '@crema/protocol'
import { type SequencerClient, SequencerError, type SubmissionStatus } from '@crema/sequencer-client'

/** A sequencer in this process: it takes every transaction once, in order of arrival. */
export interface MemorySequencer extends SequencerClient {
  /** Transactions that wait for a block, in order. */
  take(): Uint8Array[]
  /** Everything ever accepted, in order. */
  readonly accepted: readonly Hash[]
  /** While stopped, every call fails as an unreachable sequencer does. */
  setStopped(stopped: boolean): void
  /** Whether an empty block was asked for since the last call. */
  takeHeartbeat(): boolean
  /** Loses what waits, and takes what was ordered once more. */
  forget(): void
}

/** Makes a {@link MemorySequencer}. */
export function createMemorySequencer(): MemorySequencer {
  const statuses = new Map<Hash, SubmissionStatus>()
  const accepted: Hash[] = []
  let waiting: Uint8Array[] = []
  let stopped = false
  let asked = false
  let height = 0n
  const reach = () => {
    if (stopped) throw new CremaError('SEQUENCER_UNREACHABLE', 'connect ECONNREFUSED', { retryable: true })
  }
  const unsupported = () => Promise.reject(new CremaError('UNSUPPORTED', 'blocks are read elsewhere'))
  return {
    accepted,
    setStopped(value) {
      stopped = value
    },
    takeHeartbeat() {
      const was = asked
      asked = false
      return was
    },
    forget() {
      waiting = []
      statuses.clear()
    },
    take() {
      height++
      const taken = waiting
      waiting = []
      taken.forEach((raw, entryIndex) => {
        statuses.set(keccak256Hex(raw), { stage: 'ordered', sequencerHeight: height, laneHeight: height, entryIndex })
      })
      return taken
    },
    info: async () => ({ kind: 'dev', setId: `0x${'00'.repeat(32)}`, epoch: 0n, height, healthy: !stopped }),
    async submit(_lane, raw) {
      reach()
      const hash = keccak256Hex(raw)
      if (statuses.has(hash)) {
        const details = { reason: 'ALREADY_KNOWN' }
        throw new SequencerError('SEQUENCER_REFUSED', 'the transaction waits or is ordered already', { details })
      }
      statuses.set(hash, { stage: 'pending' })
      waiting.push(raw)
      accepted.push(hash)
      return hash
    },
    async status(_lane, hash) {
      reach()
      return statuses.get(hash) ?? { stage: 'unknown' }
    },
    blocks: unsupported,
    laneProof: unsupported,
    certifiedHeader: unsupported,
    async heartbeat() {
      reach()
      asked = true
    },
    watch: () => {},
  }
}
