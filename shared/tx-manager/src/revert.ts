import type { Hex } from '@crema/protocol'
import { type Abi, decodeErrorResult } from 'viem'
import { TxFailedError } from './errors.ts'

/** Decoded revert data, as far as it can be. */
export interface DecodedRevert {
  readonly data: Hex | null
  readonly errorName: string | null
  readonly args: readonly unknown[]
  /** Text for people, or null. */
  readonly reason: string | null
}

/** Decodes revert data by `abi` and the standard `Error(string)` and `Panic(uint256)`. Never throws. */
export function decodeRevert(data: Hex | null, abi: Abi = []): DecodedRevert {
  if (data === null || data === '0x') return { data, errorName: null, args: [], reason: null }
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi, data }) as {
      errorName: string
      args?: readonly unknown[]
    }
    const reason = errorName === 'Error' ? String(args[0]) : `${errorName}(${args.map(String).join(', ')})`
    return { data, errorName, args, reason }
  } catch {
    return { data, errorName: null, args: [], reason: null }
  }
}

/** The permanent failure of a call that reverts. */
export function revertedError(
  phase: 'estimate' | 'execution',
  data: Hex | null,
  abi?: Abi,
  extra: object = {},
): TxFailedError {
  const decoded = decodeRevert(data, abi)
  const why = decoded.reason ?? decoded.data ?? 'no reason given'
  return new TxFailedError('tx.reverted', `transaction reverts: ${why}`, { details: { phase, ...decoded, ...extra } })
}
