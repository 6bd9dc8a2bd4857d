import { concatBytes, hexToBytes } from './bytes.ts'
import { hashWords } from './hash.ts'
import { keccak256Hex } from './keccak.ts'
import { tags } from './tags.ts'
import type { BlockState } from './types/assertion.ts'
import type { Hash } from './types/hex.ts'

/** Hash that identifies a state of the rollup between two blocks. */
export function stateHash(state: BlockState): Hash {
  return hashWords(
    tags.blockState,
    state.number,
    state.blockHash,
    state.stateRoot,
    state.withdrawalsRoot,
    state.inboxCount,
    state.gasSinceAssertionStart,
    state.status,
  )
}

/** OP Stack version-0 output root: keccak256(bytes32(0) ‖ stateRoot ‖ withdrawalsRoot ‖ blockHash). */
export function outputRoot(state: Pick<BlockState, 'stateRoot' | 'withdrawalsRoot' | 'blockHash'>): Hash {
  const words = [state.stateRoot, state.withdrawalsRoot, state.blockHash].map(hexToBytes)
  return keccak256Hex(concatBytes(new Uint8Array(32), ...words))
}
