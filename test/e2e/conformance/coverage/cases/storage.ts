import { word } from '../../../../../shared/machine/test/block/support.ts'
import type { Case } from '../scene.ts'
import { callee, calling } from './calling.ts'

const slot = (at: bigint, value: bigint): Record<`0x${string}`, `0x${string}`> => ({ [word(at)]: word(value) })

/** Storage under EIP-2200, 2929 and 3529; transient storage; warmth of accounts. */
export function storageCases(): Case[] {
  const holds = { account: { storage: { ...slot(0n, 5n), ...slot(1n, 6n) } } }
  const accounts = [callee.reverts, callee.nobody, callee.plain].map(BigInt)
  const twice = (name: string): string => accounts.map((at) => `${at} ${name} POP ${at} ${name} POP`).join(' ')
  return [
    calling('SSTORE sets, and back', '7 9 SSTORE 0 9 SSTORE 3 9 SSTORE STOP'),
    calling('SSTORE sets twice', '7 9 SSTORE 8 9 SSTORE STOP'),
    calling('SSTORE of a value that is there', '5 0 SSTORE 5 0 SSTORE STOP', holds),
    calling('SSTORE resets, and back', '7 0 SSTORE 5 0 SSTORE STOP', holds),
    calling('SSTORE clears, and back', '0 0 SSTORE 5 0 SSTORE 0 0 SSTORE STOP', holds),
    calling('SSTORE clears, then another value', '0 0 SSTORE 9 0 SSTORE 0 0 SSTORE STOP', holds),
    calling('SSTORE clears all', '0 0 SSTORE 0 1 SSTORE STOP', holds),
    calling('SSTORE with the stipend alone', '1 0 SSTORE STOP', { gasLimit: 21_000n + 2_305n }),
    calling('SSTORE with one gas more', '5 0 SSTORE STOP', { ...holds, gasLimit: 21_000n + 2_306n }),
    calling('SLOAD cold and warm', '0 SLOAD 0 SLOAD 77 SLOAD STOP', holds),
    calling('SLOAD where there is no storage', '0 SLOAD STOP'),
    calling('TLOAD and TSTORE', '5 1 TSTORE 1 TLOAD 0 1 TSTORE 1 TLOAD STOP'),
    calling('BALANCE', `${twice('BALANCE')} SELFBALANCE STOP`),
    calling('EXTCODESIZE', `${twice('EXTCODESIZE')} STOP`),
    calling('EXTCODEHASH', `${twice('EXTCODEHASH')} STOP`),
  ]
}
