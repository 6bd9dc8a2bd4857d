import { assertionChainAbi, bondVaultAbi, disputeManagerAbi, type L1Client } from '@crema/l1'
import type { RollupConfig } from '@crema/protocol'

/** Steps that a trace has room for, as a power of two. */
const LEVELS = 48

const short = (hash: string): string => hash.slice(0, 10)

/** Tells disputes as they go, a line for each event, until the signal aborts. */
export async function followDisputes(
  { l1, config }: { readonly l1: L1Client; readonly config: RollupConfig },
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { assertionChain, disputeManager, bondVault } = config.l1Contracts
  const abi = [...disputeManagerAbi, ...assertionChainAbi, ...bondVaultAbi]
  const address = [disputeManager, assertionChain, bondVault]
  let next = config.l1StartBlock
  /** What is disputed is told; the daily life of assertions is not. */
  let contested = false
  while (!signal.aborted) {
    const head = await l1.getBlockNumber().catch(() => undefined)
    if (head !== undefined && head >= next) {
      const logs = await l1.getContractEvents({ address, abi, fromBlock: next, toBlock: head, strict: true })
      for (const log of logs) {
        contested ||= log.eventName === 'RivalProposed'
        const line = contested ? describe(log as unknown as Told) : undefined
        if (line !== undefined) say(line)
      }
      next = head + 1n
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

interface Told {
  readonly eventName: string
  readonly args: Readonly<Record<string, unknown>>
}

/** One event in words; undefined for those that tell nothing of a dispute. */
function describe({ eventName, args }: Told): string | undefined {
  const id = (name: string): string => short(String(args[name]))
  switch (eventName) {
    case 'RivalProposed':
      return `${id('proposer')} puts the rival ${id('id')} beside the children of ${id('parentId')}`
    case 'CommitmentJoined':
      return `${id('staker')} commits the trace ${id('traceRoot')} of ${id('assertionId')} (no. ${args.joinIndex}, ${args.remaining} s on its clock)`
    case 'DuelStarted':
      return `duel ${id('duelId')}: no. ${id('newer')} opens its trace against ${id('older')}; they differ within 2^${LEVELS} steps`
    case 'Revealed':
      return `duel ${id('duelId')}: ${id('mover')} narrows it down to 2^${LEVELS - Number(args.depth)} steps; now the ${side(args.nextTurn)} side's clock runs`
    case 'StepProven':
      return `duel ${id('duelId')}: L1 executes ${place(args.pos as bigint)}: the older side is ${rightness(args.olderRight)}, the newer ${rightness(args.newerRight)}`
    case 'TimedOut':
      return `duel ${id('duelId')}: the ${side(args.expiredSide)} side's clock has run out`
    case 'CommitmentEliminated':
      return `commitment ${id('id')} is eliminated`
    case 'AssertionConfirmed':
      return `assertion ${id('id')} is confirmed`
    case 'BondSlashed':
      return `bond ${id('bondId')} is slashed: ${args.toPot} wei to the pot, ${args.burned} wei burned`
    case 'Rewarded':
      return `${id('to')} is paid ${args.amount} wei for its moves`
    default:
      return undefined
  }
}

const side = (index: unknown): string => (Number(index) === 0 ? 'older' : 'newer')
const rightness = (isRight: unknown): string => (isRight === true ? 'right' : 'wrong')

/** Block, segment and step of a position. */
function place(pos: bigint): string {
  return `block ${pos >> 36n}, segment ${(pos >> 24n) & 0xfffn}, step ${pos & 0xffffffn}`
}
