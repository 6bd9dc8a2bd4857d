import { CremaError } from '@crema/protocol'
import type { SubmissionPort } from '../ports.ts'

/** Stands where no sequencer is configured: the server only reads, and submissions fail as with one that cannot be reached. */
export const noSequencer: SubmissionPort = {
  submit: () => Promise.reject(absent()),
  status: () => Promise.reject(absent()),
  heartbeat: () => Promise.reject(absent()),
}

function absent(): CremaError {
  return new CremaError('NO_SEQUENCER', 'no sequencer is configured', { retryable: true })
}
