import type { Case } from '../scene.ts'
import { calling } from './calling.ts'

/** Jumps, words of code and data that end early, hashes of blocks, exponents. */
export function aluCases(): Case[] {
  return [
    calling('JUMP to a JUMPDEST', '@there JUMP there: STOP'),
    calling('JUMP behind the code', '200 JUMP'),
    calling('JUMP to what is no JUMPDEST', '0 JUMP'),
    calling('JUMP into the data of a PUSH', '4 JUMP #605b STOP'),
    calling('JUMP far away', '0x10000000000000003 JUMP there: STOP'),
    calling('JUMPI taken', '1 @there JUMPI STOP there: STOP'),
    calling('JUMPI not taken, to nowhere', '0 999 JUMPI STOP'),
    calling('JUMPI behind the code', '1 200 JUMPI'),
    calling('JUMPI to what is no JUMPDEST', '1 0 JUMPI'),
    calling('PUSH32 that the end of code cuts', '1 #7fabcd'),
    calling('PUSH1 that the end of code cuts', '1 #60'),
    calling('end of code', '1 POP'),
    calling('PUSH0 that fills the stack', `${'1 '.repeat(1_023)} 0 STOP`),
    calling('EXP of a long exponent', '0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff 3 EXP STOP'),
    calling(
      'BLOCKHASH of its parent, the oldest kept, one before, itself, a future one',
      '1000 BLOCKHASH 745 BLOCKHASH 744 BLOCKHASH 1001 BLOCKHASH 1002 BLOCKHASH STOP',
    ),
    calling('CALLDATALOAD within, across and behind the data', '0 CALLDATALOAD 20 CALLDATALOAD 40 CALLDATALOAD STOP', {
      data: new Uint8Array(40).fill(9),
    }),
  ]
}
