import { openTraceStore } from '@crema/chain-store'
import { bytesToHex } from '@crema/protocol'
import { buildTrace } from '../../src/index.ts'
import { makeChain } from './make-chain.ts'

// Child process of restart.integration.test.ts: builds a trace and says how far it is, until it is killed.
const store = openTraceStore(process.argv[2]!)
const { source } = await makeChain()
let opened = 0
const openBlock = (b: number) => {
  opened++
  return source.openBlock(b)
}
const trace = await buildTrace({
  source: { ...source, openBlock },
  store,
  onProgress: ({ blocks }) => void process.stdout.write(`blocks ${blocks}\n`),
})
process.stdout.write(`root ${bytesToHex(trace.root)} ${opened}\n`)
store.close()
