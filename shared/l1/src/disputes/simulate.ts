import { type Address, CremaError, type Hex } from '@crema/protocol'
import { BaseError, decodeErrorResult, RawContractError } from 'viem'
import type { L1Client } from '../client.ts'
import { reading } from '../errors.ts'
import { disputeAbi } from './abi.ts'
import type { DisputeCallKind, EncodedCall } from './calls.ts'

/** What a revert means for whoever wanted the call. */
export type RevertMeaning =
  /** The aim is reached, by whomever. */
  | 'done'
  /** A time or another call has to come first. */
  | 'not-yet'
  /** A window or a clock is over. */
  | 'too-late'
  /** The contract is elsewhere than the call assumes: look again. */
  | 'stale'
  /** Never right. */
  | 'refused'

/** A dispute's call that reverts. `code` is the contract's error, `details.args` both sides of the failed comparison. */
export class DisputeRevert extends CremaError {
  override readonly name = 'DisputeRevert'
  readonly meaning: RevertMeaning

  constructor(kind: DisputeCallKind, meaning: RevertMeaning, revert: DecodedDisputeRevert) {
    const { errorName, args, data } = revert
    super(errorName, `${kind} reverts: ${errorName}(${args.map(String).join(', ')})`, {
      details: { kind, meaning, args, data },
      retryable: meaning === 'not-yet' || meaning === 'stale',
    })
    this.meaning = meaning
  }
}

/** Revert data in words; `errorName` is `Unknown` when no contract of a dispute has such an error. */
export interface DecodedDisputeRevert {
  readonly errorName: string
  readonly args: readonly unknown[]
  readonly data: Hex
}

/** Decodes revert data of any contract that a dispute touches. Never throws. */
export function decodeDisputeRevert(data: Hex): DecodedDisputeRevert {
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi: disputeAbi, data })
    return { errorName, args: args as readonly unknown[], data }
  } catch {
    return { errorName: 'Unknown', args: [], data }
  }
}

const anyMove: Readonly<Record<string, RevertMeaning>> = {
  NotAlive: 'done',
  DuelNotRunning: 'done',
  ClockExpired: 'too-late',
  WrongOpening: 'stale',
  WrongLeafHash: 'stale',
  WrongLeafOpenings: 'stale',
  NotAtLeaf: 'stale',
  AtLeaf: 'stale',
  StaleEpoch: 'too-late',
}
const anyTime: Readonly<Record<string, RevertMeaning>> = {
  StillContested: 'not-yet',
  WindowOpen: 'not-yet',
  InGrace: 'not-yet',
  Paused: 'not-yet',
  ParentNotConfirmed: 'not-yet',
}

/** What each error means to each call; `refused` where nothing is said. */
const meanings: Readonly<Record<DisputeCallKind, Readonly<Record<string, RevertMeaning>>>> = {
  rival: {
    AssertionExists: 'done',
    RivalWindowClosed: 'too-late',
    NoFirstChild: 'stale',
    UnexpectedId: 'stale',
    ParentDropped: 'too-late',
  },
  commit: {
    CommitmentExists: 'done',
    JoinWindowClosed: 'too-late',
    NotPending: 'too-late',
    NotContested: 'not-yet',
    UnknownAssertion: 'stale',
    BondCommitted: 'stale',
    BondUnderStrike: 'stale',
    BondBacksOther: 'stale',
    BondNotActive: 'stale',
  },
  startDuel: { ...anyMove, DuelExists: 'done' },
  reveal: anyMove,
  prove: anyMove,
  timeout: { NotAlive: 'done', DuelNotRunning: 'done', ClockRunning: 'not-yet' },
  settle: { ...anyTime, NotPending: 'done' },
  reopen: { ...anyTime, NoRivals: 'done', NotPending: 'done' },
  markOrphan: { NotPending: 'done', StillPending: 'not-yet' },
  resolve: { AlreadyResolved: 'done', Undecided: 'not-yet' },
  collect: { AlreadyCollected: 'done', PotTooSmall: 'not-yet', Undecided: 'not-yet', NoWinner: 'not-yet' },
  collectJoin: { AlreadyCollected: 'done', BondSlashed: 'done', PotTooSmall: 'not-yet', NotConfirmed: 'not-yet' },
  release: { BondNotActive: 'done', BondLocked: 'not-yet', BondCommitted: 'not-yet' },
  claim: { NothingToClaim: 'done' },
}

/** What the contract's error `errorName` means to a call of this kind. */
export function meaningOf(kind: DisputeCallKind, errorName: string): RevertMeaning {
  return meanings[kind][errorName] ?? 'refused'
}

/** Revert data inside of an error of the RPC client; undefined when it is no revert. */
export function revertData(error: unknown): Hex | undefined {
  if (!(error instanceof BaseError)) return undefined
  const raw = error.walk((cause) => cause instanceof RawContractError || rpcData(cause) !== undefined)
  return raw === null ? undefined : rpcData(raw)
}

function rpcData(error: unknown): Hex | undefined {
  const { data } = error as { readonly data?: unknown }
  const found = typeof data === 'object' && data !== null && 'data' in data ? data.data : data
  return typeof found === 'string' && found.startsWith('0x') ? (found as Hex) : undefined
}

/**
 * Runs a call on the pending block without sending it. Returns undefined when it would succeed, else the typed revert. Throws `L1Error`
 * `L1_UNREACHABLE`, also when the account cannot pay for it.
 */
export async function simulateDisputeCall(
  client: L1Client,
  from: Address,
  kind: DisputeCallKind,
  call: EncodedCall,
): Promise<DisputeRevert | undefined> {
  return reading(kind, async () => {
    try {
      await client.call({ account: from, to: call.to, data: call.data, value: call.valueWei, blockTag: 'pending' })
      return undefined
    } catch (error) {
      const data = revertData(error)
      if (data === undefined) throw error
      const decoded = decodeDisputeRevert(data)
      return new DisputeRevert(kind, meaningOf(kind, decoded.errorName), decoded)
    }
  })
}
