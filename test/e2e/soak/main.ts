/**
 * `npm run soak -- --disputes`: random disputes with random adversaries until the time is over (`--seconds`, default 600; `--seed`), or with `--every-step` a lie about each kind of step once,
 * with `--heaviest` one about each of the heaviest, with `--sybils N` one honest side against 1 to N sybils, with `--kills` a challenger and a proposer killed in every state of a dispute,
 * or with `--reorgs` L1 reorganised under them over every call.
 * Prints one JSON line at the end; exits 1 when a wrong assertion won, an honest stake was lost or made twice, or the vault does not hold what it owes.
 */
import { parseArgs } from 'node:util'
import { killAnvils } from '@crema/testing'
import { killServices } from '../devnet/service-process.ts'
import { soakDisputes } from './disputes.ts'
import { everyStep } from './every-step.ts'
import { heaviest } from './heaviest.ts'
import { soakKills, soakReorganisations } from './strikes.ts'
import { soakSybils } from './sybils.ts'

const { values } = parseArgs({
  options: {
    disputes: { type: 'boolean', default: false },
    'every-step': { type: 'boolean', default: false },
    heaviest: { type: 'boolean', default: false },
    sybils: { type: 'string' },
    kills: { type: 'boolean', default: false },
    reorgs: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
if (!values.disputes) {
  console.error('name what to soak: --disputes')
  process.exit(1)
}
process.once('SIGINT', () => {
  killServices()
  killAnvils()
  process.exit(130)
})
const say = (line: string): void => console.error(line)
const options = { seconds: Number(values.seconds), seed: Number(values.seed), say }
const soaks = { 'every-step': everyStep, heaviest, kills: soakKills, reorgs: soakReorganisations } as const
const chosen = (Object.keys(soaks) as (keyof typeof soaks)[]).find((name) => values[name])
const soak = chosen === undefined ? soakDisputes : soaks[chosen]
const result =
  values.sybils === undefined ? await soak(options) : await soakSybils({ most: Number(values.sybils), say })
console.log(JSON.stringify(result, (_, value) => (typeof value === 'bigint' ? String(value) : value)))
process.exitCode = result.ok ? 0 : 1
