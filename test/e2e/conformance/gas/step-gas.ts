import { connectVerifier, shareVerifier } from '../step-proofs/shared-verifier.ts'
import { createReport, type ReportBuilder, type Suite } from '../suite.ts'
import { measureAll, type Snapshot } from './measure-all.ts'
import { opcodeName } from './opcode-names.ts'
import { isDocumented, readSnapshot, writeSnapshot } from './snapshot.ts'

/** What every proof's transaction keeps to (protocol: limits). */
const MAX_GAS = 12_000_000
const MAX_BYTES = 122_880
/** Goal for a simple step today, typically. */
const SIMPLE_GOAL = 70_000
const ADD = 0x01
/** What a worst case may grow by before it counts. */
const SLACK = 1.02

/** Gas and bytes of every kind of step; `CREMA_WRITE_SNAPSHOT=1` writes contracts/snapshots/Steps.json, which they are else held to. */
export const stepGas: Suite = {
  name: 'step-gas',
  title:
    'gas and bytes of the transaction that proves a step, typical and worst, against contracts/snapshots/Steps.json',
  async tasks() {
    await shareVerifier()
    return ['all']
  },
  async run() {
    const builder = createReport()
    const costs = await measureAll(connectVerifier())
    if (process.env.CREMA_WRITE_SNAPSHOT === '1') writeSnapshot(costs)
    for (const [op, { worst }] of Object.entries(costs)) {
      builder.measure('gas of a step', worst.gas)
      builder.measure('bytes of calldata of a step', worst.bytes)
      if (worst.gas <= MAX_GAS && worst.bytes <= MAX_BYTES) builder.pass('limits')
      else builder.fail('limits', op, new Error(`${worst.gas} gas, ${worst.bytes} bytes`))
    }
    compare(costs, readSnapshot(), builder)
    checkSimple(costs, readSnapshot(), builder)
    return builder.report
  },
}

function compare(costs: Snapshot, known: Snapshot, builder: ReportBuilder): void {
  for (const op of new Set([...Object.keys(costs), ...Object.keys(known)])) {
    const [now, before] = [costs[op]?.worst, known[op]?.worst]
    if (now === undefined || before === undefined) {
      builder.fail('snapshot', op, new Error(now === undefined ? 'was not measured' : 'is not in the snapshot'))
    } else if (now.gas > before.gas * SLACK || now.bytes > before.bytes * SLACK) {
      builder.fail('snapshot', op, new Error(`${now.gas} gas, ${now.bytes} bytes; was ${before.gas}, ${before.bytes}`))
    } else builder.pass('snapshot')
  }
  if (isDocumented(known)) builder.pass('table in docs/protocol/machine.md')
  else builder.fail('table in docs/protocol/machine.md', 'stale', new Error('CREMA_WRITE_SNAPSHOT=1 writes it'))
}

/** Arithmetic, comparison and bits, with calldata as it is priced today: held to the snapshot, for the goal is missed by some. */
function checkSimple(costs: Snapshot, known: Snapshot, builder: ReportBuilder): void {
  for (let op = 0x01; op <= 0x1e; op++) {
    const [now, before] = [costs[opcodeName(op)]?.typical?.today, known[opcodeName(op)]?.typical?.today]
    if (now === undefined || before === undefined || opcodeName(op) === 'INVALID') continue
    builder.measure('gas of a simple step, typically and today', now)
    if (op === ADD) builder.measure('gas of ADD, typically and today', now)
    if (now <= before * SLACK) builder.pass('simple steps')
    else builder.fail('simple steps', opcodeName(op), new Error(`${now} gas today, was ${before}`))
    if (now <= SIMPLE_GOAL) builder.pass(`simple steps below ${SIMPLE_GOAL} gas today`)
  }
}
