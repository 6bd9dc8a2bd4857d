import { openChainStore } from '../../src/index.ts'
import { genesisNumber, makeGenesis } from './blocks.ts'
import { workload } from './workload.ts'

// Child process of kill.integration.test.ts: commits, rolls back and follows L1 until it is killed.
const [path, round] = process.argv.slice(2)
const store = openChainStore({ path: path! })
store.initialize(makeGenesis())
process.stdout.write('ready\n')
for (let step = 0; ; step++) {
  const number = workload(store, Number(round) * 1_000_000 + step)
  // Only what a finished call did is promised to last.
  process.stdout.write(`${number - genesisNumber} ${store.heads().latest.hash}\n`)
}
