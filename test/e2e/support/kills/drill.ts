import { setTimeout } from 'node:timers/promises'
import { assertionChainAbi, bondVaultAbi, disputeManagerAbi } from '@crema/l1'
import { type AbiFunction, type Hex, parseTransaction, toFunctionSelector } from 'viem'
import type { ServiceProcess } from '../../devnet/service-process.ts'
import type { Interception, TransactionInterceptor } from '../transaction-interceptor.ts'
import { agentStatusOf } from './honest-service.ts'
import { type Reorganisation, reorganiseUnder, type StruckService } from './reorganise.ts'

/**
 * When a service is killed: over a call of this name, counted by contents, that is signed and not sent (`swallow`), mined but not heard of (`deliver`), or waits in
 * the pool (`pass`); or while it builds a trace, or has nothing to do. Or when L1 is reorganised under the service: over a call of this name that it has seen mined.
 */
export type Moment =
  | { readonly call: string; readonly how: Interception }
  | { readonly call: string; readonly reorganised: Reorganisation }
  | { readonly state: 'tracing' | 'waiting' }

/** Longest start of a service, milliseconds: it may take up a whole chain again. */
const START_MS = 120_000

/** A moment in words. */
export function nameOf(moment: Moment): string {
  if ('how' in moment) return `${moment.call} ${moment.how}`
  return 'call' in moment ? `${moment.call} ${moment.reorganised}` : moment.state
}

export interface Drill extends StruckService {
  /** The service's way to L1. */
  readonly gate: TransactionInterceptor
  /** Stops and goes on making blocks. */
  readonly pause: () => Promise<void>
  readonly resume: () => Promise<void>
}

/** Starts the service, kills it at each moment in turn and starts it again at once, or reorganises L1 under it. `isOver` tells that the rest will not come; resolves with those that came. */
export async function strikeAtEach(
  drill: Drill,
  moments: readonly Moment[],
  isOver: () => Promise<boolean>,
): Promise<Moment[]> {
  const { service, gate, resume } = drill
  const done: Moment[] = []
  for (const moment of moments) {
    const caught = 'call' in moment ? interceptOf(drill, moment) : gate.release()
    // It was killed over the one before: only now that the next one cannot slip through it lives again.
    if (!service.running()) await service.start(START_MS)
    await resume()
    if (caught instanceof Promise) {
      const raw = await before(caught, isOver)
      if (raw === undefined) break
      await strike(drill, moment, raw)
    } else {
      if ('state' in moment && moment.state === 'tracing') await traceUnderWay(service)
      await service.kill()
    }
    done.push(moment)
  }
  gate.release()
  if (!service.running()) await service.start(START_MS)
  await resume()
  return done
}

type CallMoment = Extract<Moment, { call: string }>

function interceptOf({ gate, pause, seen }: Drill, moment: CallMoment): Promise<Hex> {
  const how = 'how' in moment ? moment.how : 'pass'
  return gate.intercept(how, (raw) => isNew(raw, selectorOf(moment.call), seen), how === 'pass' ? pause : undefined)
}

/** Strikes over the call that was caught. */
async function strike(drill: Drill, moment: Moment, raw: Hex): Promise<void> {
  const { service, gate, seen } = drill
  if ('reorganised' in moment) {
    gate.release()
    await reorganiseUnder(drill, raw, moment.reorganised)
    return
  }
  await service.kill()
  seen.add(parseTransaction(raw).data!)
}

/** Resolves while the service builds its trace. */
async function traceUnderWay(service: ServiceProcess): Promise<void> {
  for (const deadline = Date.now() + 60_000; ; await setTimeout(10)) {
    const { traces } = await agentStatusOf<{ readonly traces: readonly unknown[] }>(service)
    if (traces.length > 0) return
    if (Date.now() > deadline) throw new Error('no trace was seen to be under way')
  }
}

function isNew(raw: Hex, selector: Hex, seen: ReadonlySet<Hex>): boolean {
  const { data } = parseTransaction(raw)
  return data?.startsWith(selector) === true && !seen.has(data)
}

function selectorOf(name: string): Hex {
  const abi = [...assertionChainAbi, ...disputeManagerAbi, ...bondVaultAbi]
  const found = abi.find((item) => item.type === 'function' && item.name === name)
  if (found === undefined) throw new Error(`no contract has ${name}`)
  return toFunctionSelector(found as AbiFunction)
}

/** What `caught` resolves with, or undefined once all is over without it. */
async function before<T>(caught: Promise<T>, isOver: () => Promise<boolean>): Promise<T | undefined> {
  for (;;) {
    const found = await Promise.race([caught, setTimeout(300, undefined)])
    if (found !== undefined) return found
    if (await isOver()) return undefined
  }
}
