import { createNodeView } from '@crema/dispute'
import { assertionChainAbi, disputeManagerAbi, portalAbi, readLatestConfirmed } from '@crema/l1'
import { createMemoryTraceStore } from '@crema/machine'
import { ownEndState } from '@crema/node'
import { type Address, type Hash, keccak256Hex } from '@crema/protocol'
import { type ForcedRollup, startForcedRollup, testAccount, testAddress } from '@crema/testing'
import { createWalletClient, http } from 'viem'
import { vaultOf } from '../arena/vault.ts'
import { startDisputePlayer } from '../dispute-player.ts'
import { createEvilExecutor, wrongEnd } from '../evil-executor.ts'
import { fixTarget, proposeFirst } from '../evil-propose.ts'
import { startTransactionInterceptor } from '../transaction-interceptor.ts'
import { until } from '../until.ts'
import { type Drill, type Moment, nameOf, strikeAtEach } from './drill.ts'
import { type HonestRole, honestService } from './honest-service.ts'
import { type SentCalls, sentCalls } from './sent-calls.ts'

/** Where a service is killed, or L1 reorganised under it, in a dispute that it must win. */
export interface KillPlan {
  readonly role: HonestRole
  /** Up to the decision of the duel, in the order in which they come. */
  readonly playing: readonly Moment[]
  /** If there are any, the liar makes no move after those of `playing`, and these come once its clock has run out. */
  readonly timingOut?: readonly Moment[]
  /** Between the decision and the end of the windows. */
  readonly waiting: readonly Moment[]
  /** Once the windows are closed. */
  readonly settling: readonly Moment[]
  readonly say?: (line: string) => void
}

export interface KillOutcome extends SentCalls {
  /** Kills and reorganisations that came. */
  readonly kills: readonly string[]
  readonly isRightConfirmed: boolean
  /** Stakes of the service that it ever posted. */
  readonly stakes: number
  /** Of those, how many were slashed. */
  readonly lost: number
  /** Commitments of the service's. */
  readonly joins: number
  /** Wei owed to the service that it did not take home. */
  readonly unclaimedWei: bigint
}

const MINUTE = 60_000
const [HONEST, LIAR] = [12, 11] as const
const A = 900
const salt = keccak256Hex(Uint8Array.of(20))
const NOBODY: Address = `0x${'00'.repeat(20)}`
/** `JUMPDEST PUSH1 0 JUMP`: a creation that runs until its gas is gone, so that a trace takes a while. */
const ENDLESS = '0x5b600056'
const ENDLESS_GAS = 1_500_000n

const isTracing = (moment: Moment): boolean => 'state' in moment && moment.state === 'tracing'

/** Plays a dispute between the service and a liar, killing the service as planned. Throws when something does not come in time. */
export async function playKills(plan: KillPlan): Promise<KillOutcome> {
  const rollup = await startForcedRollup({ challengePeriod: BigInt(A), gracePeriod: 2n })
  const mining = createMining(rollup)
  const gate = await startTransactionInterceptor(rollup.l1Url)
  const l1Url = `http://127.0.0.1:${gate.port}`
  const service = await honestService(rollup, { role: plan.role, index: HONEST, l1Url })
  try {
    if (plan.playing.some(isTracing)) await postLongExecution(rollup)
    await rollup.leaves(2)
    await mining.resume()
    return await play(rollup, { ...rollup, service, gate, ...mining, seen: new Set() }, plan)
  } finally {
    await service.kill()
    await mining.pause()
    await gate.close()
    await rollup.close()
  }
}

async function play(rollup: ForcedRollup, drill: Drill, plan: KillPlan): Promise<KillOutcome> {
  const { role, playing, settling, say } = plan
  const { l1, config } = rollup
  const { assertionChain } = config.l1Contracts
  const kills: string[] = []
  const note = (moments: readonly Moment[]): void => {
    kills.push(...moments.map(nameOf))
    if (moments.length > 0) say?.(`${role}: struck at ${moments.map(nameOf).join(', ')}`)
  }
  const children = createNodeView({ node: rollup.node, head: 'finalized' })
  const evil = createEvilExecutor({
    ...{ config, children, machineOf: children.machineOf, salt, store: createMemoryTraceStore() },
    lie: { at: 'step', index: 300 },
  })
  if (role === 'challenger') await assertWrong(rollup)
  const liar = startDisputePlayer({ rollup, account: LIAR, mode: 'full', ...evil })
  try {
    const eliminated = async (): Promise<boolean> => (await eliminatedIn(rollup)).length > 0
    note(await strikeAtEach(drill, playing, eliminated))
    if (plan.timingOut !== undefined) {
      await liar.stop()
      await until('the move before the silence', MINUTE, async () => (await hasMoved(rollup)) || undefined)
      await rollup.pass(A + 1)
      note(await strikeAtEach(drill, plan.timingOut, eliminated))
    }
    await until('the decision', 3 * MINUTE, async () => (await eliminated()) || undefined)
  } finally {
    await liar.stop()
  }
  note(await strikeAtEach(drill, plan.waiting, async () => false))
  const out = await eliminatedIn(rollup)
  const joined = await joinedIn(rollup)
  const right = joined.find(({ id }) => !out.includes(id))!.assertionId
  await rollup.pass(2 * A + 2)
  const isOver = () => isPaid(rollup, right, role)
  note(await strikeAtEach(drill, settling, isOver))
  await until('the settlement and the payout', 2 * MINUTE, async () => (await isOver()) || undefined)
  await drill.service.stop()
  const { bonds, credit } = await vaultOf({ rollup, contracts: config.l1Contracts }).account(testAddress(HONEST))
  return {
    kills,
    isRightConfirmed: (await readLatestConfirmed(l1, assertionChain)) === right,
    stakes: bonds.length,
    lost: bonds.filter(({ status }) => status === 'slashed').length,
    joins: joined.filter(({ staker }) => staker.toLowerCase() === testAddress(HONEST)).length,
    unclaimedWei: credit,
    ...(await sentCalls(rollup, testAddress(HONEST))),
  }
}

/** Whether the last move that L1 holds is the service's, so that the liar's clock runs. */
async function hasMoved(rollup: ForcedRollup): Promise<boolean> {
  const movers = (await duelEvents(rollup)).flatMap((event) =>
    event.eventName === 'DuelStarted' || event.eventName === 'Revealed' ? [event.args.mover] : [],
  )
  return movers.at(-1)?.toLowerCase() === testAddress(HONEST)
}

/** Makes the first block a long one to trace. */
async function postLongExecution(rollup: ForcedRollup): Promise<void> {
  const { l1, l1Url, config } = rollup
  const wallet = createWalletClient({ account: testAccount(2), transport: http(l1Url) })
  const hash = await wallet.writeContract({
    ...{ address: config.l1Contracts.portal, abi: portalAbi, chain: null, functionName: 'depositTransaction' },
    args: [NOBODY, 0n, ENDLESS_GAS, true, ENDLESS],
  })
  await l1.waitForTransactionReceipt({ hash, pollingInterval: 20 })
}

/** A block every 300 ms, and at once for each transaction, until it is paused. */
function createMining({ rpc }: ForcedRollup): Pick<Drill, 'pause' | 'resume'> {
  let timer: NodeJS.Timeout | undefined
  return {
    pause: async () => {
      clearInterval(timer)
      timer = undefined
      await rpc('evm_setAutomine', false)
    },
    resume: async () => {
      if (timer !== undefined) return
      await rpc('evm_setAutomine', true)
      timer = setInterval(() => void rpc('evm_mine').catch(() => {}), 300)
    },
  }
}

async function assertWrong({ l1, l1Url, config, node }: ForcedRollup): Promise<void> {
  const side = { l1, l1Url, config, account: testAccount(LIAR) }
  const chain = { address: config.l1Contracts.assertionChain, abi: assertionChainAbi } as const
  const parentId = await l1.readContract({ ...chain, functionName: 'genesisId' })
  await fixTarget(side, parentId)
  const end = wrongEnd(ownEndState(node.store, 0n, node.store.leafCount())!, salt)
  const id = await l1.readContract({ ...chain, functionName: 'assertionIdOf', args: [parentId, end] })
  await proposeFirst(side, { parentId, id, end })
}

function duelEvents({ l1, config }: ForcedRollup) {
  const { disputeManager: address } = config.l1Contracts
  return l1.getContractEvents({ address, abi: disputeManagerAbi, fromBlock: config.l1StartBlock, strict: true })
}

/** Commitments that are out. */
const eliminatedIn = async (rollup: ForcedRollup): Promise<Hash[]> =>
  (await duelEvents(rollup)).flatMap((event) => (event.eventName === 'CommitmentEliminated' ? [event.args.id] : []))

const joinedIn = async (rollup: ForcedRollup) =>
  (await duelEvents(rollup)).flatMap((event) => (event.eventName === 'CommitmentJoined' ? [event.args] : []))

/** Calls that bring home what the service is owed; a proposer's bond stays for the next assertion. */
const homeward: Readonly<Record<HonestRole, readonly string[]>> = {
  challenger: ['collect', 'collectJoin', 'release', 'claim'],
  proposer: ['collect', 'collectJoin', 'claim'],
}

/** Whether the right child is confirmed and the service has what it is owed. */
async function isPaid(rollup: ForcedRollup, right: Hash, role: HonestRole): Promise<boolean> {
  const { l1, config } = rollup
  if ((await readLatestConfirmed(l1, config.l1Contracts.assertionChain)) !== right) return false
  const vault = vaultOf({ rollup, contracts: config.l1Contracts })
  const { credit } = await vault.account(testAddress(HONEST))
  const { calls } = await sentCalls(rollup, testAddress(HONEST))
  return credit === 0n && homeward[role].every((name) => calls.includes(name))
}
