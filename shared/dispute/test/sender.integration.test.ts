import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openIntentStore } from '@crema/chain-store'
import type { DisputeCall } from '@crema/l1'
import { bytesToHex } from '@crema/protocol'
import { createLogger, systemClock } from '@crema/service-kit'
import { type Anvil, startAnvil, testKey } from '@crema/testing'
import { createTxManager, privateKeySigner, type TxManager } from '@crema/tx-manager'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { createSender, type Sender } from '../src/agent/sender.ts'
import {
  type DisputeAgentEvent,
  type DisputeAgentSettings,
  type DisputeIntent,
  endProof,
  type OwnTrace,
  type WantedMove,
} from '../src/index.ts'
import { noHash } from './model/rules.ts'
import { createToyRollup, rpc, type ToyChild, type ToyRollup } from './model/toy-rollup.ts'
import { malformed, type Shape } from './model/traces.ts'

const stake = 10n ** 16n
const shape: Shape = [[3, 20], [5]]
/** At 1 gwei for a unit of gas: more than a commitment may cost, less than any rival does. */
const limitWei = 5n * 10n ** 14n
const DEAR = 4
const logger = createLogger({ service: 'sender', level: 'fatal' })

let anvil: Anvil
let rollup: ToyRollup
let stands: ToyChild
let others: ToyChild[]
let store: ReturnType<typeof openIntentStore>
let tx: TxManager
let events: DisputeAgentEvent[]
let salt = 10

beforeAll(async () => {
  anvil = await startAnvil()
  rollup = await createToyRollup(anvil, stake, 3_600n)
  stands = await rollup.child(shape)
  const salts = Array.from({ length: DEAR + 1 }, (_, at) => at + 1)
  others = await Promise.all(salts.map((one) => rollup.child(shape, { b: 0, x: 1, i: 4, salt: one })))
  await rollup.propose(5, stands)
  await rollup.send(6, rivalOf(others[DEAR]!))
})
afterAll(() => anvil?.stop())

beforeEach(async () => {
  // The least tip is the whole price.
  await rpc(anvil.client, 'anvil_setNextBlockBaseFeePerGas', '0x1')
  await rpc(anvil.client, 'evm_mine')
  store = openIntentStore(join(mkdtempSync(join(tmpdir(), 'crema-sender-')), 'intents.sqlite'))
  tx = createTxManager({
    ...{ clients: [anvil.client], signer: privateKeySigner(testKey(1)), store, logger },
    config: {
      ...{ chainId: Number(rollup.config.l1ChainId), confirmations: 1, pollMs: 20, retryMs: 20, resubmitMs: 5_000 },
      maxCostWei: limitWei,
    },
  })
  events = []
})
afterEach(async () => {
  await tx.close()
  store.close()
})

const joining = (trace: OwnTrace) => ({
  ...{ traceRoot: bytesToHex(trace.root), proof: endProof(trace), bondId: noHash, stakeWei: stake },
})

function rivalOf({ id, end, trace }: ToyChild): DisputeCall {
  return { kind: 'rival', expectedId: id, parentId: rollup.parentId, end, ...joining(trace) }
}

const intentOf = (key: string, call: DisputeCall, deadline: bigint): DisputeIntent => ({
  ...{ call, key, deadline, stakeWei: stake, reason: { what: 'a test' } },
})

/** Calls that the limit forbids, and after them one that it allows. */
async function mixed(): Promise<{ dear: DisputeIntent[]; cheap: DisputeIntent; now: bigint }> {
  const { timestamp: now } = await anvil.client.getBlock()
  const dear = others.slice(0, DEAR).map((child, at) => intentOf(`dear ${at}`, rivalOf(child), now + 1_000n))
  const joins = joining(malformed(stands.trace, 1, salt++))
  const cheap = intentOf('cheap', { kind: 'commit', assertionId: stands.id, ...joins }, now + 2_000n)
  return { dear, cheap, now }
}

function start(settings: Partial<DisputeAgentSettings>): Sender {
  const limits = { maxStakeWei: stake, maxAtRiskWei: 100n * stake, minClockSeconds: 1n, minCollectWei: 1n }
  return createSender({
    ...{ l1: anvil.client, contracts: rollup.contracts, tx, intents: store, clock: systemClock, logger },
    settings: {
      ...{ mode: 'full', limits, pollMs: 10, maxInFlight: 2, giveUpMs: 60_000, spreadMs: 0, releases: true },
      ...settings,
    },
    onEvent: (event) => void events.push(event),
  })
}

const keysOf = (kind: 'sending' | 'sent' | 'failed') =>
  events.flatMap((event) =>
    event.kind !== kind ? [] : [event.kind === 'sending' ? event.intent.key : (event as { key: string }).key],
  )

async function until(what: string, condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (condition()) return
    await new Promise((done) => setTimeout(done, 20))
  }
  throw new Error(`${what} did not come: ${JSON.stringify(keysOf('sending'))}`)
}

it('sends what can be paid however many calls are held back, and those once they can be', async () => {
  const { dear, cheap, now } = await mixed()
  const sender = start({ maxInFlight: 2 })
  for (let looks = 0; looks < 10 && !keysOf('sent').includes('cheap'); looks++) {
    await sender.dispatch([...dear, cheap], now)
    await until('a receipt, or the limit', () => tx.heldBack().size === sender.inFlight().length)
  }
  expect(keysOf('sent')).toEqual(['cheap'])
  expect(sender.inFlight()).toEqual(dear.map(({ key }) => key))
  expect(sender.room()).toBe(2)
  // Each is sent once, and not given up.
  expect(keysOf('sending')).toEqual([...dear.map(({ key }) => key), 'cheap'])
  expect(keysOf('failed')).toEqual([])
  tx.setLimits({ maxCostWei: 10n ** 18n })
  await until('all', () => sender.inFlight().length === 0)
  expect(keysOf('sent')).toHaveLength(DEAR + 1)
})

it('gives the room of a call that pauses to the next one, and computes no move that does', async () => {
  const { cheap, now } = await mixed()
  const intent = intentOf('move', rivalOf(await rollup.child(shape, { b: 0, x: 1, i: 4, salt: salt++ })), now + 1_000n)
  const { call: _, ...due } = intent
  let made = 0
  const move: WantedMove = {
    ...{ ...due, kind: 'prove', duelId: noHash },
    make: () => {
      made++
      return intent
    },
  }
  const sender = start({ maxInFlight: 1, giveUpMs: 100, pollMs: 60_000 })
  await sender.dispatch([move], now)
  await until('the failure', () => keysOf('failed').length > 0)
  expect({ made, room: sender.room() }).toEqual({ made: 1, room: 1 })
  await sender.dispatch([move, cheap], now)
  expect(keysOf('sending')).toEqual(['move', 'cheap'])
  await until('the cheap one', () => keysOf('sent').includes('cheap'))
  expect(made).toBe(2)
  await sender.dispatch([move], now)
  expect(made).toBe(2)
  expect(keysOf('sending')).toEqual(['move', 'cheap'])
})

it('gives the room of a call that would revert to the next one', async () => {
  const { cheap, now } = await mixed()
  const sender = start({ maxInFlight: 1 })
  const done = intentOf('done', rivalOf(others[DEAR]!), now + 1_000n)
  await sender.dispatch([done, cheap], now)
  expect(events.map(({ kind }) => kind)).toEqual(['already-done', 'sending'])
  await until('the cheap one', () => keysOf('sent').includes('cheap'))
})
