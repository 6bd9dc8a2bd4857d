import { formatEther } from 'viem'

/** An event of the contracts of disputes. */
export interface ToldEvent {
  readonly eventName: string
  readonly args: Readonly<Record<string, unknown>>
}

/** Steps that a trace has room for, as a power of two. */
const LEVELS = 48

const short = (hash: unknown): string => String(hash).slice(0, 10)
const ether = (wei: unknown): string => `${formatEther(wei as bigint)} ETH`

/** Tells disputes event by event, with `names` for addresses in lower case; undefined for what says nothing of a dispute. What is not disputed is remembered and not told. */
export function createDisputeTeller(names: ReadonlyMap<string, string>): (event: ToldEvent) => string | undefined {
  const nameOf = (address: unknown): string => names.get(String(address).toLowerCase()) ?? short(address)
  const proposers = new Map<string, string>()
  const stakers = new Map<string, string>()
  const owners = new Map<string, string>()
  const sides = new Map<string, readonly string[]>()
  /** The first child of each parent. */
  const first = new Map<string, string>()
  let isContested = false

  const sideOf = (duelId: unknown, index: unknown): string => sides.get(String(duelId))?.[Number(index)] ?? 'a stranger'

  function remember({ eventName, args }: ToldEvent): void {
    if (eventName === 'AssertionProposed') {
      first.set(String(args.parentId), String(args.id))
      proposers.set(String(args.id), nameOf(args.proposer))
    }
    if (eventName === 'RivalProposed') proposers.set(String(args.id), nameOf(args.proposer))
    if (eventName === 'CommitmentJoined') stakers.set(String(args.id), nameOf(args.staker))
    if (eventName === 'BondPosted') owners.set(String(args.bondId), nameOf(args.owner))
    if (eventName === 'DuelStarted') {
      const side = (id: unknown): string => stakers.get(String(id)) ?? short(id)
      sides.set(String(args.duelId), [side(args.older), side(args.newer)])
    }
  }

  function tell({ eventName, args }: ToldEvent): string | undefined {
    const duel = `duel ${short(args.duelId)}`
    switch (eventName) {
      case 'RivalProposed': {
        const other = first.get(String(args.parentId))
        const asserted = `${proposers.get(String(other)) ?? 'a stranger'} asserted ${short(other)}`
        return `DISPUTE: ${asserted}; ${nameOf(args.proposer)} puts ${short(args.id)} beside it. They cannot both be right`
      }
      case 'CommitmentJoined':
        return `${nameOf(args.staker)} commits to its whole execution trace of ${short(args.assertionId)}, with ${args.remaining} s on its clock`
      case 'DuelStarted':
        return `${duel}: ${sideOf(args.duelId, 1)} opens its trace against ${sideOf(args.duelId, 0)}; a trace has room for 2^${LEVELS} steps`
      case 'Revealed':
        return `${duel}: ${nameOf(args.mover)} narrows the difference down to 2^${LEVELS - Number(args.depth)} steps; now the clock of ${sideOf(args.duelId, args.nextTurn)} runs`
      case 'StepProven':
        return `${duel}: ${nameOf(args.mover)} sends the proof, and L1 executes ${place(args.pos as bigint)} itself: ${verdict(args)}`
      case 'TimedOut':
        return `${duel}: the clock of ${sideOf(args.duelId, args.expiredSide)} has run out`
      case 'CommitmentEliminated':
        return `the commitment of ${stakers.get(String(args.id)) ?? short(args.id)} is out; the rest is settled once nobody else can join (up to two challenge periods after the first assertion)`
      case 'AssertionConfirmed':
        return `CONFIRMED: ${short(args.id)} of ${proposers.get(String(args.id)) ?? 'a stranger'}`
      case 'BondSlashed':
        return `the stake of ${owners.get(String(args.bondId)) ?? short(args.bondId)} is lost: ${ether(args.burned)} are burned, ${ether(args.toPot)} pay those who moved for the truth`
      case 'Rewarded':
        return `${nameOf(args.to)} is paid ${ether(args.amount)} for its moves`
      default:
        return undefined
    }
  }

  function verdict({ duelId, olderRight, newerRight }: ToldEvent['args']): string {
    const [older, newer] = [sideOf(duelId, 0), sideOf(duelId, 1)]
    if (olderRight === newerRight) return `${older} and ${newer} are both wrong`
    return olderRight === true ? `${older} is right, ${newer} is wrong` : `${newer} is right, ${older} is wrong`
  }

  return (event) => {
    remember(event)
    isContested ||= event.eventName === 'RivalProposed'
    return isContested ? tell(event) : undefined
  }
}

/** Block, segment and step of a position. Segment 0 begins a block, segment n is its transaction n. */
function place(pos: bigint): string {
  return `step ${pos & 0xffffffn} of segment ${(pos >> 24n) & 0xfffn} in block ${pos >> 36n} of the assertion (counted from 0)`
}
