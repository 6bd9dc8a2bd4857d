import { cleanUp, isFinished } from './clean-up.ts'
import { contextOf } from './context.ts'
import { byDeadline } from './intent-key.ts'
import { joinDispute } from './join.ts'
import { makeMoves } from './make-moves.ts'
import { playDuels, timeOutOthers } from './play.ts'
import { settleDispute } from './settle.ts'
import { tellWhatIsMissing, traceBy } from './tell-missing.ts'
import type { DecideInput, Decision } from './types.ts'

/** {@link decideStates} with all moves computed. */
export function decide(input: DecideInput): Decision {
  return makeMoves(decideStates(input))
}

/**
 * What is right to do about the children of a parent, by what L1 holds and what this node derived itself. Pure, and cheap: moves
 * are named, and computed by whoever has room for them. While
 * the right child is unknown it only cleans up after what is decided; while it is in doubt, nothing is staked on it and nothing settled.
 */
export function decideStates(input: DecideInput): Decision {
  const context = contextOf(input)
  const { state } = context
  tellWhatIsMissing(context)
  joinDispute(context)
  playDuels(context)
  timeOutOthers(context)
  settleDispute(context)
  cleanUp(context)
  return {
    disputeId: state.id,
    parentId: state.parentId,
    reopenEpoch: state.reopenEpoch,
    rightId: context.right?.id,
    rightCommitment: context.rightCommitmentId,
    isBelowWrong: context.doubt?.isBelowWrong === true,
    intents: [...context.intents].sort(byDeadline),
    moves: [...context.moves].sort(byDeadline),
    alerts: context.alerts,
    duels: context.duels,
    traceBy: traceBy(context),
    isFinished: isFinished(context),
  }
}
