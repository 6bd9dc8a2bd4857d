import { CremaError, type CremaErrorOptions } from '@crema/protocol'

/** Why a node cannot give what a dispute needs. */
export type EvidenceErrorCode =
  /** Leaf `index` is not stored: L1 was not read that far. */
  | 'MISSING_LEAF'
  /** Block `number` is not stored, or not as leaf `index` has it: execution has not come that far. */
  | 'MISSING_BLOCK'
  /** Deposits below `end` are not stored. */
  | 'MISSING_DEPOSIT'
  /** The stored leaves have another root than the target: this node follows another fork of L1. */
  | 'OTHER_INBOX'
  /** No number of the stored deposits has the root that leaf `index` names. */
  | 'OTHER_DEPOSITS'
  /** The parent's end is not the state that this node has there. */
  | 'OTHER_PARENT'
  /** The assertion has no block `block`. */
  | 'NO_SUCH_BLOCK'

/** What is missing or differs stands in `details`. Retryable while the node may still come to have it. */
export class EvidenceError extends CremaError {
  override readonly name = 'EvidenceError'
  declare readonly code: EvidenceErrorCode

  constructor(code: EvidenceErrorCode, message: string, options: CremaErrorOptions = {}) {
    super(code, message, options)
  }
}
