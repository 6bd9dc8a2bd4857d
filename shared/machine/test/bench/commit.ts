/** Prints what committing after every micro-op costs beside fast mode: node shared/machine/test/bench/commit.ts [iterations] */
import { type Address, bytesToHex, hexToBytes } from '@crema/protocol'
import { beforeStep } from '../../src/commit/before-step.ts'
import { createCommitter } from '../../src/commit/committer.ts'
import { commitMachine } from '../../src/commit/machine-hash.ts'
import { createMachine } from '../../src/run/create-machine.ts'
import { startEntry } from '../../src/run/segments.ts'
import { step } from '../../src/run/step.ts'
import { type Machine, status } from '../../src/state/machine.ts'
import { l2Rules } from '../../src/state/make-rules.ts'
import { runSegment } from '../../src/step/interpret.ts'
import { address, config, createPair, ether, type MemoryStore, signed, wallet } from '../block/support.ts'

const iterations = Number(process.argv[2] ?? 2_000)
const sender = wallet(1)
const target: Address = address(0xc000)

/** `body` as often as asked for, behind `prefix`; it finds the counter on the stack and leaves it there. */
function loop(body: string, count = iterations, prefix = ''): string {
  const start = (prefix.length / 2 + 3).toString(16).padStart(4, '0')
  return `0x${prefix}61${count.toString(16).padStart(4, '0')}5b${body}600190038061${start}5700`
}

const programs: Readonly<Record<string, string>> = {
  'arithmetic loop': loop('6003600481810201808290165050506003600702600501603f1650'),
  'memory loop': loop('80600052602051600101602052600051604052'),
  // Two slots by keccak256 of key and position, read and written; an event.
  'token transfers': loop(
    ['8060ff16600052600160205260405f2080546001019055', '80607f0160005260405f2080546002019055', '60205f5fa1'].join(''),
    Math.min(iterations, 400),
  ),
  'deep stack': loop('6001810181600101600290040150', iterations, '5f'.repeat(500)),
}

/** Microseconds of processor time so far. */
function clock(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

function ready(store: MemoryStore, stateRoot: string): Machine {
  const m = createMachine(l2Rules(config.chainId), store, hexToBytes(stateRoot))
  Object.assign(m.b, { number: 1n, timestamp: 1n, gasLimit: 30_000_000n, baseFee: 1_000n, coinbase: 0x11n })
  const market = { maxPriorityFeePerGas: 1n, maxFeePerGas: 10n ** 9n, accessList: [] }
  const call = {
    chainId: config.chainId,
    nonce: 0n,
    gasLimit: 16_000_000n,
    to: target,
    value: 0n,
    data: new Uint8Array(0),
  }
  startEntry(m, { index: 0, bytes: signed({ type: 2, ...call, ...market }, sender) })
  return m
}

for (const [name, code] of Object.entries(programs)) {
  const { stores, head } = await createPair({
    [sender.address]: { balance: 100n * ether },
    [target]: { nonce: 1n, code: code as `0x${string}` },
  })
  for (const round of ['warm-up', 'measured']) {
    const fast = ready(stores[1], head.stateRoot)
    let start = clock()
    runSegment(fast)
    const fastTime = clock() - start
    const m = ready(stores[1], head.stateRoot)
    const c = createCommitter()
    let last = commitMachine(c, m)
    start = clock()
    while (m.status === status.running) {
      beforeStep(c, m)
      step(m)
      last = commitMachine(c, m)
    }
    const time = clock() - start
    if (round === 'warm-up') continue
    const per = (microseconds: number): string => (microseconds / m.steps).toFixed(2)
    console.log(
      `${name}: ${m.steps} steps, success ${m.t.success}, ${per(time)} µs a step, fast mode ${per(fastTime)} µs (${bytesToHex(last).slice(0, 10)})`,
    )
  }
}
