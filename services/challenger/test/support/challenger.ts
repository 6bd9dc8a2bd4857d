import { assertionChainAbi, type L1Client, readChildren } from '@crema/l1'
import { ownEndState } from '@crema/node'
import type { BlockState, Hash } from '@crema/protocol'
import { createLogger, systemClock } from '@crema/service-kit'
import { type ForcedRollup, testAccount } from '@crema/testing'
import { createWalletClient, http } from 'viem'
import { type Challenger, createChallenger } from '../../src/app.ts'
import type { Judgement } from '../../src/judgement.ts'

const NO_BOND: Hash = `0x${'00'.repeat(32)}`

/** A challenger that looks when told to. */
export interface ManualChallenger extends Challenger {
  readonly told: Judgement[]
  /** Looks until a look was complete. */
  look(): Promise<void>
}

/** A challenger of the rollup's node. */
export function challengerOf({ node }: ForcedRollup, l1: L1Client): ManualChallenger {
  const told: Judgement[] = []
  let looked = () => {}
  const challenger = createChallenger({
    node,
    l1,
    clock: systemClock,
    logger: createLogger({ service: 'challenger-test', level: 'fatal' }),
    settings: { head: 'finalized', pollMs: 20 },
    onJudgement: (judgement) => told.push(judgement),
    onLook: () => looked(),
  })
  return {
    ...challenger,
    told,
    look: async () => {
      const stop = new AbortController()
      const running = challenger.run(stop.signal)
      await new Promise<void>((resolve) => (looked = resolve))
      stop.abort()
      await running
    },
  }
}

/** Proposes with a stake of account `index`; `end` defaults to what the node has of the first `count` leaves. Returns the id. */
export async function assert(
  { l1, l1Url, config, node }: ForcedRollup,
  index: number,
  parentId: Hash,
  change: Partial<BlockState> = {},
): Promise<Hash> {
  const { assertionChain: address } = config.l1Contracts
  const wallet = createWalletClient({ account: testAccount(index), transport: http(l1Url) })
  const contract = { address, abi: assertionChainAbi, chain: null } as const
  const { targetFixed } = await readChildren(l1, address, parentId)
  if (!targetFixed) {
    const hash = await wallet.writeContract({ ...contract, functionName: 'fixTarget', args: [parentId] })
    await l1.waitForTransactionReceipt({ hash, pollingInterval: 20 })
  }
  const [{ targetCount }, parent] = await Promise.all([
    readChildren(l1, address, parentId),
    l1.readContract({ ...contract, functionName: 'assertion', args: [parentId] }),
  ])
  const end = { ...ownEndState(node.store, parent.inboxCount, targetCount)!, ...change }
  const id = await l1.readContract({ ...contract, functionName: 'assertionIdOf', args: [parentId, end] })
  const hash = await wallet.writeContract({
    ...contract,
    functionName: 'propose',
    args: [id, parentId, end, NO_BOND],
    value: config.stake,
  })
  const { status } = await l1.waitForTransactionReceipt({ hash, pollingInterval: 20 })
  if (status !== 'success') throw new Error('the assertion was refused')
  return id
}
