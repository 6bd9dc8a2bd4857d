import type { ChallengerConfig } from '../../config.ts'
import { readL1View } from '../l1-view.ts'

/** Every assertion on L1 with its fate, in order. */
export async function listAssertions(config: ChallengerConfig) {
  const { states, book } = await readL1View(config)
  return states.flatMap((state) =>
    state.assertions.map(({ id, end, fate, isFirst, proposer, aliveCommitments }) => ({
      id,
      number: end.number,
      fate,
      kind: isFirst ? 'first' : 'rival',
      proposer,
      alive: aliveCommitments,
      parentId: state.parentId,
      l1Block: book.assertion(id)?.l1BlockNumber,
    })),
  )
}
