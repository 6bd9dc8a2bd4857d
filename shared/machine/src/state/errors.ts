import { bytesToHex, CremaError, type Hash } from '@crema/protocol'

/** The store lacks a contract's code. `hash` names it; the machine must be made anew. */
export class MissingCodeError extends CremaError {
  override readonly name = 'MissingCodeError'
  readonly hash: Hash

  constructor(hash: Uint8Array) {
    const text = bytesToHex(hash)
    super('MISSING_CODE', `code ${text} is not in the store`, { details: { hash: text } })
    this.hash = text
  }
}

/** The machine was driven in a way that its callers must not: a defect of the caller, never a property of a payload. */
export class MachineError extends CremaError {
  override readonly name = 'MachineError'
}
