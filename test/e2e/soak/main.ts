/**
 * `npm run soak -- --disputes`: random disputes with random adversaries until the time is over (`--seconds`, default 600; `--seed`), or with `--every-step` a lie about each kind of step once,
 * with `--heaviest` one about each of the heaviest, or with `--sybils N` one honest side against 1 to N sybils.
 * Prints one JSON line at the end; exits 1 when a wrong assertion won, an honest stake was lost, or the vault does not hold what it owes.
 */
import { parseArgs } from 'node:util'
import { killAnvils } from '@crema/testing'
import { soakDisputes } from './disputes.ts'
import { everyStep } from './every-step.ts'
import { heaviest } from './heaviest.ts'
import { soakSybils } from './sybils.ts'

const { values } = parseArgs({
  options: {
    disputes: { type: 'boolean', default: false },
    'every-step': { type: 'boolean', default: false },
    heaviest: { type: 'boolean', default: false },
    sybils: { type: 'string' },
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
if (!values.disputes) {
  console.error('name what to soak: --disputes')
  process.exit(1)
}
process.once('SIGINT', () => {
  killAnvils()
  process.exit(130)
})
const say = (line: string): void => console.error(line)
const options = { seconds: Number(values.seconds), seed: Number(values.seed), say }
const soak = values['every-step'] ? everyStep : values.heaviest ? heaviest : soakDisputes
const result =
  values.sybils === undefined ? await soak(options) : await soakSybils({ most: Number(values.sybils), say })
console.log(JSON.stringify(result))
process.exitCode = result.ok ? 0 : 1
