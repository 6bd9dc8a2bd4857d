import { parentPort, workerData } from 'node:worker_threads'
import { openChainStore } from '@crema/chain-store'
import { createSimulator } from '@crema/execution'
import { CremaError } from '@crema/protocol'
import { chainScans } from '../scan/chain-scans.ts'
import type { WorkerReply, WorkerRequest, WorkerSetup } from './simulator-protocol.ts'

// A thread of its own for simulations and long reads: they hold up this thread alone, and ending the thread ends them. It reads
// what the node has committed by then: SQLite opens each transaction on the newest state of the file.
const { database, config } = workerData as WorkerSetup
const nodeCacheBytes = 32 * 2 ** 20
const store = openChainStore({ path: database, readonly: true, nodeCacheBytes })
const blockHash = (number: bigint) => store.headerByNumber(number)?.hash
const simulator = createSimulator({ config, state: store, blockHash })
const scans = chainScans(store, config)
const port = parentPort!
const reply = (message: WorkerReply): void => port.postMessage(message)

port.on('message', (request: WorkerRequest) => {
  run(request).then(
    (result) => reply({ type: 'result', result }),
    (error: unknown) => reply({ type: 'error', ...describe(error) }),
  )
})
reply({ type: 'ready' })

function run(request: WorkerRequest): Promise<unknown> {
  if (request.type === 'call') return simulator.call(request.call)
  return request.type === 'logs' ? scans.logs(request.filter) : scans.feeHistory(request.query)
}

function describe(error: unknown): { code: string; message: string } {
  const message = error instanceof Error ? error.message : String(error)
  return { code: error instanceof CremaError ? error.code : 'SIMULATION_FAILED', message }
}
