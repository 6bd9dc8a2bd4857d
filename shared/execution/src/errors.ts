import { CremaError } from '@crema/protocol'

/** A trie node or code that execution needs is absent from the store. `details` names its hash and kind. */
export class MissingStateError extends CremaError {
  override readonly name = 'MissingStateError'

  constructor(kind: 'node' | 'code', hash: string) {
    super('MISSING_STATE', `the store lacks ${kind} 0x${hash}`, { details: { kind, hash: `0x${hash}` } })
  }
}

/** The engine failed for a reason that no block content can cause: a defect or a broken store. The state is as before the call. */
export class ExecutionError extends CremaError {
  override readonly name = 'ExecutionError'
}

/** A plain Ethereum block (rule set `l1`) that breaks a validity rule. */
export class InvalidBlockError extends CremaError {
  override readonly name = 'InvalidBlockError'
}
