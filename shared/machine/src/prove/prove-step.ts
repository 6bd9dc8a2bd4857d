import { type BlockState, blockStatus, concatBytes } from '@crema/protocol'
import { beforeStep } from '../commit/before-step.ts'
import { type Committer, createCommitter } from '../commit/committer.ts'
import { commitMachine } from '../commit/machine-hash.ts'
import { endBlock } from '../run/end-block.ts'
import { step } from '../run/step.ts'
import { MachineError } from '../state/errors.ts'
import { type Machine, status } from '../state/machine.ts'
import { tapeOf } from '../state/witness.ts'
import { type MicroOp, microOp } from '../step/micro-op.ts'
import { noteBlock } from '../step/osp-tx/note-segment.ts'
import { createWitness } from './create-witness.ts'
import { noteSeal } from './note-seal.ts'
import { openBlockState, openMachine } from './open-state.ts'
import { frameChange, section, sectionsOfMicroOp, sectionsOfOpcode } from './sections.ts'

/** One step: what `verify` is given, and the state that it must return. */
export interface StepProof {
  readonly proof: Uint8Array
  /** Commitments of the states before and after, 32 bytes. */
  readonly before: Uint8Array
  readonly after: Uint8Array
  readonly op: MicroOp
  /** The instruction, where `op` is `opcode`. */
  readonly opcode: number | undefined
}

/**
 * Executes the micro-op that is due and proves it. `c` knows the machine as it is; one for many steps saves hashing. Throws what the step throws, and
 * {@link MachineError} `NOT_RUNNING` where no segment runs.
 */
export function proveStep(m: Machine, c: Committer = createCommitter()): StepProof {
  if (m.status !== status.running) throw new MachineError('NOT_RUNNING', 'no micro-op is due')
  const before = commitMachine(c, m).slice()
  const op = m.x.op as MicroOp
  const isBegin = op === microOp.blockBegin
  const instruction = op === microOp.opcode ? (m.f.code[m.f.pc] ?? 0) : undefined
  const open = isBegin ? () => openBlockState(parentState(m)) : openMachine(c, m)
  const frame = m.f
  const w = createWitness(c, m)
  beforeStep(c, m)
  m.witness = w
  try {
    if (isBegin) noteBlock(w, m)
    else noteSeal(w, c, m)
    step(m)
  } finally {
    m.witness = undefined
  }
  const touched = instruction === undefined ? sectionsOfMicroOp(op) : sectionsOfOpcode(instruction)
  const proof = concatBytes(open(m.f === frame ? touched : touched | frameChange), tapeOf(w))
  return { proof, before, after: commitMachine(c, m).slice(), op, opcode: instruction }
}

/** Proof of a step that changes nothing: the position is not one at which the next segment or block begins. */
export function proveIdle(m: Machine, c: Committer = createCommitter()): Uint8Array {
  if (m.status === status.blockEnd) return openBlockState(stateAfter(m))
  return openMachine(c, m)(section.r | section.b | section.f | section.x)
}

/** The BlockState that the block under way began from. */
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

function stateAfter(m: Machine): BlockState {
  if (m.sealed === undefined || m.anchors === undefined) throw noState()
  return endBlock(parentState(m), m.sealed, m.anchors)
}

function noState(): MachineError {
  return new MachineError('NO_BLOCK_STATE', 'a BlockState needs context and anchors')
}
