import { BaseError, ContractFunctionRevertedError } from 'viem'

/** JSON-RPC code of a revert; viem gives it to what a call within a batch reverts with, too. */
const REVERTED = 3

/**
 * Whether a contract refused a read of viem's: its error is one of code 3, or brings what the contract reverted with. viem takes an endpoint's internal
 * error (−32603) for a revert as well, though that says nothing of the contract.
 */
export function isRevert(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false
  const revert = error.walk((cause) => cause instanceof ContractFunctionRevertedError)
  if (!(revert instanceof ContractFunctionRevertedError)) return false
  return isRevertData(revert.raw) || revert.walk((cause) => codeOf(cause) === REVERTED) !== null
}

/** Bytes that a contract gave; some endpoints put text there. */
const isRevertData = (data: unknown): boolean => typeof data === 'string' && /^0x([0-9a-f]{2})+$/i.test(data)

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)
