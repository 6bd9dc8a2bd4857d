import { CremaError } from '@crema/protocol'

/** Why derivation refused what a source served. None of it changed the chain. */
export type DerivationErrorCode =
  | 'RANGE_EMPTY'
  | 'RANGE_GAP'
  | 'RANGE_ORDER'
  | 'RANGE_LENGTH'
  | 'LANE_TIP_MISMATCH'
  | 'WRONG_SET'
  | 'LEAF_HASH_MISMATCH'
  | 'PAYLOAD_MISMATCH'
  | 'DEPOSITS_MISMATCH'
  | 'WRONG_LEAF_INDEX'

/** A source served something that does not follow from what is committed. */
export class DerivationError extends CremaError {
  override readonly name = 'DerivationError'
  declare readonly code: DerivationErrorCode

  constructor(code: DerivationErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(code, message, { details })
  }
}
