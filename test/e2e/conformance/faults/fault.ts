/** A bug put into one of the verifier's sources. */
export interface Fault {
  readonly name: string
  /** Below contracts/src/step. */
  readonly file: string
  /** Stands in the file once. */
  readonly find: string
  readonly replace: string
  /** What is deployed with the bug, the other contracts being as they are. Steps of the first are run. */
  readonly contracts: readonly string[]
}

/** Shorthand; contracts are joined by `+`. */
export function fault(contracts: string, file: string, name: string, find: string, replace: string): Fault {
  return { name, file, find, replace, contracts: contracts.split('+') }
}
