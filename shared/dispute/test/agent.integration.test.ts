import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openIntentStore } from '@crema/chain-store'
import { bondVaultAbi, createDisputeBook, type DisputeState, readDisputes, readLatestConfirmed } from '@crema/l1'
import { type Address, bytesToHex } from '@crema/protocol'
import { createLogger, type LogLevel, systemClock } from '@crema/service-kit'
import { type Anvil, startAnvil, testAddress, testKey } from '@crema/testing'
import { createTxManager, privateKeySigner, type TxManager } from '@crema/tx-manager'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  createDisputeAgent,
  type DisputeAgent,
  type DisputeAgentEvent,
  duelState,
  endProof,
  type Limits,
  type Mode,
  nextMove,
  type OwnTrace,
  type OwnTraces,
  sideOf,
} from '../src/index.ts'
import { noHash } from './model/rules.ts'
import { createToyRollup, knows, passTime, rpc, type ToyChild, type ToyRollup } from './model/toy-rollup.ts'
import { malformed, type Shape } from './model/traces.ts'

const stake = 10n ** 16n
const A = 1_200n
const shape: Shape = [
  [3, 40, 1],
  [17, 2],
]
const limits: Limits = { maxStakeWei: stake, maxAtRiskWei: 2n * stake, minClockSeconds: 10n, minCollectWei: 1n }

let anvil: Anvil
beforeAll(async () => {
  anvil = await startAnvil()
})
afterAll(() => anvil?.stop())

/** An agent with all its real parts, and what of it survives a restart. */
interface Machine {
  readonly agent: DisputeAgent
  readonly tx: TxManager
  readonly events: DisputeAgentEvent[]
  stop(): Promise<void>
}

function startAgent(
  rollup: ToyRollup,
  right: ToyChild,
  account: number,
  storePath: string,
  mode: Mode = 'full',
): Machine {
  const logger = createLogger({ service: 'agent', level: (process.env.CREMA_LOG_LEVEL ?? 'fatal') as LogLevel })
  const store = openIntentStore(storePath)
  const signer = privateKeySigner(testKey(account))
  const tx = createTxManager({
    ...{ clients: [anvil.client], signer, store, logger },
    config: { chainId: Number(rollup.config.l1ChainId), confirmations: 2, pollMs: 20, retryMs: 20, resubmitMs: 5_000 },
  })
  const events: DisputeAgentEvent[] = []
  const traces: OwnTraces = { traceOf: async () => right.trace, progress: () => [], forget: () => {} }
  const agent = createDisputeAgent({
    ...{ l1: anvil.client, contracts: rollup.contracts, fromBlock: rollup.config.l1StartBlock, tx, intents: store },
    ...{ children: { rightChild: knows(rollup, right) }, traces, clock: systemClock, logger },
    settings: {
      ...{ mode, limits, pollMs: 10, maxInFlight: 16, giveUpMs: 60_000, spreadMs: 0, releases: true },
    },
    onEvent: (event) => void events.push(event),
  })
  return {
    ...{ agent, tx, events },
    stop: async () => {
      await tx.close()
      store.close()
    },
  }
}

/** One look, and until all that follows from it is final. */
async function act({ agent, events }: Machine): Promise<void> {
  await agent.look()
  for (let i = 0; i < 400 && agent.status().inFlight.length > 0; i++) {
    await new Promise((done) => setTimeout(done, 30))
    await rpc(anvil.client, 'evm_mine')
  }
  expect(agent.status().inFlight).toEqual([])
  expect(events.filter(({ kind }) => kind === 'failed')).toEqual([])
}

/** Somebody who plays a wrong trace as long as the contract lets it. */
async function lie(rollup: ToyRollup, state: DisputeState, trace: OwnTrace, account: number): Promise<number> {
  const ours = state.commitments.find(({ traceRoot }) => traceRoot === bytesToHex(trace.root))
  let moves = 0
  for (const duel of state.duels) {
    if (ours === undefined || (duel.older !== ours.id && duel.newer !== ours.id)) continue
    const theirs = state.commitments.find(({ id }) => id === (duel.older === ours.id ? duel.newer : duel.older))!
    const { kind } = duelState({ duel, ours, theirs }, state.block.timestamp)
    if (kind !== 'toStart' && kind !== 'toReveal' && kind !== 'toProve') continue
    const move = nextMove(duel, trace, sideOf({ duel, ours }))
    if (!move.isMove) continue
    await rollup.send(account, move.call)
    moves++
  }
  return moves
}

const claimable = (rollup: ToyRollup, owner: Address) =>
  anvil.client.readContract({
    ...{ address: rollup.contracts.bondVault, abi: bondVaultAbi, functionName: 'credit', args: [owner] },
  })

it('wins against a liar who plays on, a silent one and one with garbage; over restarts, a reorganisation, and beside another', async () => {
  const rollup = await createToyRollup(anvil, stake, A)
  const right = await rollup.child(shape)
  const wrong = await rollup.child(shape, { b: 0, x: 1, i: 16, salt: 1 })
  const silent = await rollup.child(shape, { b: 1, x: 0, i: 0, salt: 2 })
  const garbled = malformed(wrong.trace, 1, 3)
  const folder = mkdtempSync(join(tmpdir(), 'crema-dispute-'))
  let main = startAgent(rollup, right, 1, join(folder, 'main.sqlite'))
  const beside = startAgent(rollup, right, 2, join(folder, 'beside.sqlite'))
  const book = createDisputeBook(anvil.client, { contracts: rollup.contracts, fromBlock: rollup.config.l1StartBlock })
  const read = async (): Promise<DisputeState> => {
    await book.refresh()
    const [state] = await readDisputes(anvil.client, {
      contracts: rollup.contracts,
      book,
      parentIds: [rollup.parentId],
    })
    return state!
  }
  const joining = (trace: OwnTrace) => ({
    ...{ traceRoot: bytesToHex(trace.root), proof: endProof(trace), bondId: noHash, stakeWei: stake },
  })

  await rollup.propose(5, wrong)
  await act(main) // asks for the trace
  await act(main) // puts the rival beside it
  await rollup.send(5, { kind: 'commit', assertionId: wrong.id, ...joining(wrong.trace) })
  await rollup.send(6, { kind: 'commit', assertionId: wrong.id, ...joining(garbled) })
  const ids = { expectedId: silent.id, parentId: rollup.parentId, end: silent.end }
  await rollup.send(7, { kind: 'rival', ...ids, ...joining(silent.trace) })
  expect((await read()).commitments.map(({ staker }) => staker)).toEqual([1, 5, 6, 7].map((at) => testAddress(at)))

  let lies = 0
  let looks = 0
  let isReorganised = false
  for (; (await readLatestConfirmed(anvil.client, rollup.contracts.assertionChain)) !== right.id; looks++) {
    expect(looks).toBeLessThan(60)
    const state = await read()
    const told = (await lie(rollup, state, wrong.trace, 5)) + (await lie(rollup, await read(), garbled, 6))
    lies += told
    await passTime(anvil.client, told > 0 || looks < 8 ? 20 : 150)
    if (looks % 5 === 3) {
      await main.stop()
      main = startAgent(rollup, right, 1, join(folder, 'main.sqlite'))
      await act(main)
    }
    if (!isReorganised && looks === 4) {
      const snapshot = await rpc(anvil.client, 'evm_snapshot')
      await main.agent.look()
      await new Promise((done) => setTimeout(done, 500))
      expect(main.agent.status().inFlight).not.toEqual([])
      await rpc(anvil.client, 'evm_revert', snapshot)
      isReorganised = true
    }
    await act(looks % 3 === 2 ? beside : main)
  }
  expect(lies).toBeGreaterThan(7)

  for (let at = 0; at < 6; at++) await act(main)
  for (let at = 0; at < 4; at++) await act(beside)
  const end = await read()
  for (const { assertionId, wasEliminated, status, staker } of end.commitments) {
    const isRight = assertionId === right.id
    expect({ staker, wasEliminated, status }).toEqual({ staker, wasEliminated: !isRight, status: 'resolved' })
  }
  expect(end.duels.map(({ status }) => status)).toEqual(
    end.duels.map(({ older, newer }) => {
      const isPlayed = end.commitments.some(
        ({ id, assertionId }) => assertionId === right.id && (id === older || id === newer),
      )
      return isPlayed ? 'over' : 'none'
    }),
  )
  expect(main.agent.status()).toMatchObject({ atRiskWei: 0n, creditWei: 0n })
  expect(await claimable(rollup, testAddress(1))).toBe(0n)
  const claims = main.events.filter((event) => event.kind === 'sent' && event.call === 'claim')
  expect(claims.length).toBeGreaterThan(0)
  await main.stop()
  await beside.stop()
})
