import { type BlockState, blockStatus, hexToBytes, stateHash } from '@crema/protocol'
import { endBlock } from '../run/end-block.ts'
import { MachineError } from '../state/errors.ts'
import type { Machine } from '../state/machine.ts'

/** Hash of the BlockState that the block under way begins from. Throws {@link MachineError} `NO_BLOCK_STATE` without context or anchors. */
export function stateBeforeBlock(m: Machine): Uint8Array {
  return hexToBytes(stateHash(parentState(m)))
}

/** Hash of the BlockState that the sealed block ends in. Throws {@link MachineError} `NO_BLOCK_STATE` without block, context or anchors. */
export function stateAfterBlock(m: Machine): Uint8Array {
  const { sealed, anchors } = m
  if (sealed === undefined || anchors === undefined) throw noState()
  return hexToBytes(stateHash(endBlock(parentState(m), sealed, anchors)))
}

function parentState({ context, anchors }: Machine): BlockState {
  if (context === undefined || anchors === undefined) throw noState()
  const { number, hash, stateRoot, withdrawalsRoot } = context.parent
  return {
    number,
    blockHash: hash,
    stateRoot,
    withdrawalsRoot: withdrawalsRoot!,
    inboxCount: anchors.inboxCount,
    gasSinceAssertionStart: anchors.gasBefore,
    status: blockStatus.blockEnd,
  }
}

function noState(): MachineError {
  return new MachineError(
    'NO_BLOCK_STATE',
    'a machine between blocks commits to a BlockState, which it needs its context and anchors for',
  )
}
