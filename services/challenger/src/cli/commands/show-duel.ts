import { moveAt } from '@crema/dispute'
import type { ChallengerConfig } from '../../config.ts'
import { duelOf, readL1View } from '../l1-view.ts'
import { clockOf, pairsOf } from '../pairs.ts'
import { hashOperand } from '../parse-command.ts'

/** One pair: where it stands, what is due, and all moves so far with their transactions. */
export async function showDuel(config: ChallengerConfig, operands: readonly string[]) {
  const older = hashOperand(operands, 0, 'OLDER')
  const newer = hashOperand(operands, 1, 'NEWER')
  const view = await readL1View(config)
  const { state, duel, first, second } = duelOf(view, older, newer)
  const pair = pairsOf(state).find((one) => one.duel.id === duel.id)
  const { children: _, ...stored } = duel
  return {
    ...stored,
    disputeId: state.id,
    commitments: [first, second],
    due: duel.status === 'running' ? moveAt(duel.depth) : duel.status === 'none' ? { kind: 'startDuel' } : undefined,
    clock: pair && clockOf(pair, state.block.timestamp),
    moves: view.book.duel(duel.id).map((event) => ({
      kind: event.kind,
      l1BlockNumber: event.l1BlockNumber,
      l1TransactionHash: event.l1TransactionHash,
      ...('pos' in event ? { pos: event.pos } : {}),
      ...('depth' in event ? { depth: event.depth } : {}),
      ...('stateBefore' in event ? { stateBefore: event.stateBefore, stateAfter: event.stateAfter } : {}),
    })),
  }
}
