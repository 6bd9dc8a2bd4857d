import { address } from '../../../../../shared/machine/test/block/support.ts'
import type { Case } from '../scene.ts'
import { callee, calling } from './calling.ts'

const FAR = '0x100000000'

/** Memory, copies, hashes and logs: within, across chunks and words, behind the source, beyond all gas. */
export function memoryCases(): Case[] {
  const cases: Case[] = [
    calling('MSTORE and MLOAD unaligned', '0xabcdef 33 MSTORE 35 MLOAD STOP'),
    calling('MSTORE8 at the end of a word', '0xabcd 31 MSTORE8 0 MLOAD STOP'),
    calling('KECCAK256 of two words', '1 0 MSTORE 64 0 KECCAK256 STOP'),
    calling('KECCAK256 of 40,000 bytes', '7 20000 MSTORE 40000 1 KECCAK256 STOP'),
    calling('CALLDATACOPY across chunks', '5000 1 33 CALLDATACOPY STOP', { data: new Uint8Array(4_500).fill(3) }),
    calling('CALLDATACOPY behind the data', '100 200 0 CALLDATACOPY STOP', { data: new Uint8Array(40).fill(3) }),
    calling('CODECOPY across the end', '100 1 5 CODECOPY STOP'),
    calling('CODECOPY behind the code', '100 1000 5 CODECOPY STOP'),
    calling(
      'EXTCODECOPY',
      `40 0 3 ${BigInt(callee.reverts)} EXTCODECOPY 40 0 3 ${BigInt(callee.reverts)} EXTCODECOPY STOP`,
    ),
    calling('EXTCODECOPY of nobody', `40 0 3 ${BigInt(callee.nobody)} EXTCODECOPY STOP`),
    calling(
      'MCOPY upwards and downwards, overlapping',
      '9 100 MSTORE 5000 33 0 MCOPY 5000 0 33 MCOPY 0 3 3 MCOPY STOP',
    ),
    calling('RETURNDATACOPY', `0 0 0 0 0 ${BigInt(callee.returns)} 100000 CALL 3000 1 7 RETURNDATACOPY STOP`),
    calling(
      'RETURNDATACOPY behind the data',
      `0 0 0 0 0 ${BigInt(callee.returns)} 100000 CALL 3000 2001 7 RETURNDATACOPY STOP`,
    ),
    calling('LOG2 of 9,000 bytes', '2 1 9000 40 LOG2 STOP'),
    calling('LOG0 of exactly two pieces, then of nothing', '8192 40 LOG0 0 0 LOG0 STOP'),
    calling('LOG1 of one byte, LOG4', '1 0 MSTORE8 6 1 0 LOG1 1 2 3 4 32 0 LOG4 STOP'),
    calling('RETURN of memory', '100 7 RETURN'),
    calling('REVERT of memory', '100 7 REVERT'),
  ]
  for (let topics = 0; topics <= 4; topics++) {
    cases.push(calling(`LOG${topics} that grows memory`, `${'5 '.repeat(topics)} 70 33 LOG${topics} STOP`))
    cases.push(calling(`LOG${topics} far away`, `${'5 '.repeat(topics)} 1 ${FAR} LOG${topics}`))
  }
  const far: readonly (readonly [string, string])[] = [
    ['KECCAK256', `1 ${FAR}`],
    ['CALLDATACOPY', `1 0 ${FAR}`],
    ['CODECOPY', `${FAR} 0 0`],
    ['EXTCODECOPY', `1 0 ${FAR} 1`],
    ['RETURNDATACOPY', `0 0 ${FAR} POP 1 0 ${FAR}`],
    ['MCOPY', `1 0 ${FAR}`],
    ['MLOAD', FAR],
    ['MSTORE', `1 ${FAR}`],
    ['MSTORE8', `1 ${FAR}`],
    ['RETURN', `1 ${FAR}`],
    ['REVERT', `${FAR} 0`],
    ['CREATE', `1 ${FAR} 0`],
    ['CREATE2', `0 1 ${FAR} 0`],
    ['CALL', `0 0 1 ${FAR} 0 1 0`],
    ['CALLCODE', `1 ${FAR} 0 0 0 1 0`],
    ['DELEGATECALL', `0 0 1 ${FAR} 1 0`],
    ['STATICCALL', `1 ${FAR} 0 0 1 0`],
  ]
  for (const [name, words] of far) {
    // There must be a byte to copy for RETURNDATACOPY to get as far as memory.
    const before = name === 'RETURNDATACOPY' ? `0 0 0 0 0 ${BigInt(callee.returns)} 100000 CALL ` : ''
    cases.push(
      calling(`${name} far away`, `${before} ${words} ${name}`, { alloc: { [address(0xfa)]: { balance: 1n } } }),
    )
  }
  return cases
}
