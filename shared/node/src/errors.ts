import { CremaError, type CremaErrorOptions } from '@crema/protocol'

/** What a node cannot do by itself. */
export type NodeErrorCode = 'MISSING_BLOCK' | 'ORIGIN_MISMATCH' | 'GENESIS_MISMATCH' | 'BAD_EXECUTION'

export class NodeError extends CremaError {
  override readonly name = 'NodeError'
  declare readonly code: NodeErrorCode

  constructor(code: NodeErrorCode, message: string, options: CremaErrorOptions = {}) {
    super(code, message, options)
  }
}
