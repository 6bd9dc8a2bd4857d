import type { ChallengerConfig } from '../../config.ts'
import { readL1View, stateOf } from '../l1-view.ts'
import { hashOperand } from '../parse-command.ts'
import { windowsOf } from '../windows.ts'

/** One assertion: what it claims, its siblings and commitments, and until when what may be done. */
export async function showAssertion(config: ChallengerConfig, operands: readonly string[]) {
  const id = hashOperand(operands, 0, 'ID')
  const view = await readL1View(config, (book) => {
    const announced = book.assertion(id)
    return announced === undefined ? [] : [announced.parentId]
  })
  const state = stateOf(view, id)
  const announced = view.book.assertion(id)
  return {
    ...state.assertions.find((assertion) => assertion.id === id),
    l1BlockNumber: announced?.l1BlockNumber,
    l1TransactionHash: announced?.l1TransactionHash,
    disputeId: state.id,
    parentId: state.parentId,
    parent: state.parent,
    siblings: state.assertions.flatMap((other) => (other.id === id ? [] : [other.id])),
    commitments: state.commitments.filter(({ assertionId }) => assertionId === id),
    windows: windowsOf(state),
    potWei: state.pot,
  }
}
