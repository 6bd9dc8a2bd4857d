import type { CallResult } from '@crema/execution'
import type { Hex } from '@crema/protocol'
import { decodeAbiParameters } from 'viem'
import { RpcError, rpcErrors } from '../errors.ts'

/** geth's words for Solidity's panic codes. */
const panics: Readonly<Record<string, string>> = {
  0: 'generic panic',
  1: 'assert(false)',
  17: 'arithmetic underflow or overflow',
  18: 'division or modulo by zero',
  33: 'enum overflow',
  34: 'invalid encoded storage byte array accessed',
  49: 'out-of-bounds array access; popping on an empty array',
  50: 'out-of-bounds access of an array or bytesN',
  65: 'out of memory',
  81: 'uninitialized function',
}

/** Whether a failed call reverted, rather than breaking off. */
export function isRevert(result: CallResult): boolean {
  return !result.success && result.error === 'revert'
}

/** The error of a failed call: code 3 with the returned bytes for a revert, -32000 with the VM's words otherwise. */
export function callError(result: CallResult): RpcError {
  if (!isRevert(result)) return new RpcError(-32000, vmError(result.error))
  const reason = revertReason(result.output)
  const { code, message } = rpcErrors.executionReverted
  return new RpcError(code, reason === undefined ? message : `${message}: ${reason}`, result.output)
}

/** The VM's words as geth has them; the engine's name a place in the code, which no client expects. */
function vmError(error = 'execution failed'): string {
  if (error.startsWith('invalid JUMP')) return 'invalid jump destination'
  return error === 'static state change' ? 'write protection' : error
}

/** Text of `Error(string)` or `Panic(uint256)` data, or undefined for anything else. */
export function revertReason(output: Hex): string | undefined {
  const payload: Hex = `0x${output.slice(10)}`
  try {
    if (output.startsWith('0x08c379a0')) return decodeAbiParameters([{ type: 'string' }], payload)[0]
    if (output.startsWith('0x4e487b71')) {
      const [panic] = decodeAbiParameters([{ type: 'uint256' }], payload)
      return panics[panic.toString()] ?? `unknown panic code: 0x${panic.toString(16)}`
    }
  } catch {
    return undefined
  }
  return undefined
}
