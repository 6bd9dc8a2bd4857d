import { bytesToHex } from '@crema/protocol'
import type { EVM } from '@ethereumjs/evm'
import { InvalidBlockError } from '../errors.ts'

/** Caller of the calls at a block's end (EIP-7002, EIP-7251). */
const SYSTEM_ADDRESS = '0xfffffffffffffffffffffffffffffffffffffffe'

/**
 * Makes a block invalid when a system call in it fails, as EIP-7002 and EIP-7251 demand; @ethereumjs/vm 10.1.3 takes a failed call for one
 * without requests. Only the protocol can call as the system address from outside of the EVM.
 */
export function refuseFailedSystemCalls(evm: EVM): void {
  const runCall = evm.runCall.bind(evm)
  evm.runCall = async (options) => {
    const result = await runCall(options)
    const isSystemCall = options.caller !== undefined && bytesToHex(options.caller.bytes) === SYSTEM_ADDRESS
    if (isSystemCall && result.execResult.exceptionError !== undefined) {
      throw new InvalidBlockError('SYSTEM_CALL_FAILED', `system call to ${options.to} failed`, {
        details: { to: options.to?.toString(), error: result.execResult.exceptionError.error },
      })
    }
    return result
  }
}
