import type { Metrics } from '@crema/service-kit'
import type { CallObserver } from '../ports.ts'

/** Declares the server's metrics; the result is told of every call. */
export function observeCalls(metrics: Metrics): CallObserver {
  const declared = metrics.declare({
    requests: {
      type: 'counter',
      name: 'requests_total',
      help: 'Calls by method and error code (0: success).',
      labels: ['method', 'code'],
    },
    seconds: {
      type: 'histogram',
      name: 'request_seconds',
      help: 'Seconds from a call to its result.',
      labels: ['method'],
      buckets: [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    },
  })
  return (method, code, seconds) => {
    declared.requests.inc({ method, code: String(code) })
    declared.seconds.observe({ method }, seconds)
  }
}
