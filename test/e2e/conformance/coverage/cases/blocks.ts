import { type Deposit, hexToBytes, limits, predeploys } from '@crema/protocol'
import { address, deposit, ether } from '../../../../../shared/machine/test/block/support.ts'
import { asm } from '../asm.ts'
import { maxGas } from '../chain-verifier.ts'
import { type Case, program, sender } from '../scene.ts'
import { callEntry, callee, commonAlloc } from './calling.ts'

const code = (source: string): Uint8Array => hexToBytes(asm(source))

function deposited(name: string, fields: Partial<Deposit>, source = 'STOP'): Case {
  return {
    name,
    alloc: { ...commonAlloc, [program]: { nonce: 1n, code: asm(source) } },
    entries: [],
    deposits: [deposit(1, { from: callee.nobody, to: program, ...fields })],
  }
}

/** Deposits that succeed, fail, create; blocks of nothing, of many logs; the ends of an assertion. */
export function blockCases(): Case[] {
  const log = (sizes: readonly number[]): string => sizes.map((size) => `${size} 0 LOG0`).join(' ')
  const logging = (name: string, ...transactions: readonly (readonly number[])[]): Case => ({
    name,
    alloc: {
      ...commonAlloc,
      ...Object.fromEntries(
        transactions.map((sizes, i) => [address(0xa000 + i), { nonce: 1n, code: asm(`${log(sizes)} STOP`) }]),
      ),
    },
    entries: transactions.map((_, i) => callEntry(1_000_000n, { nonce: BigInt(i) }, address(0xa000 + i))),
  })
  const empty = { name: 'an empty block', alloc: commonAlloc, entries: [] }
  const one: Case = {
    name: '',
    alloc: { ...commonAlloc, [program]: { nonce: 1n, code: asm('STOP') } },
    entries: [callEntry(50_000n, {})],
  }
  return [
    empty,
    { ...empty, name: 'a block before the system has contracts', alloc: { [sender.address]: { balance: ether } } },
    {
      ...empty,
      name: 'a block in which the system has money, but no code',
      alloc: Object.fromEntries(
        [predeploys.beaconRoots, predeploys.historyStorage, predeploys.l1Block].map((at) => [at, { balance: 1n }]),
      ),
    },
    {
      name: 'more entries than are read',
      alloc: commonAlloc,
      entries: Array.from({ length: limits.maxEntries }, () => Uint8Array.of(5)),
      deposits: [deposit(1, { from: callee.nobody })],
    },
    deposited('a deposit with a mint', { mint: ether, value: 1n }),
    deposited('a deposit without a mint, of an account', { from: callee.plain }),
    deposited('a deposit of more than there is', { value: 1n }),
    deposited('a deposit with less gas than it takes', { gasLimit: 20_000n }),
    deposited('a deposit with less gas than its floor', { gasLimit: 22_700n, data: new Uint8Array(100).fill(1) }),
    deposited('a deposit that reverts', {}, '0 0 REVERT'),
    deposited('a deposit that halts', {}, '#fe'),
    deposited('a deposit that logs', {}, log([10])),
    deposited('a deposit that creates', { to: undefined, data: code('3 0 MSTORE8 40 0 RETURN') }),
    deposited('a deposit that creates nothing', { to: undefined, data: code('0 0 REVERT') }),
    // Deeper than 1,024 frames takes more gas than L1 lets a deposit have.
    deposited('calls to the greatest depth', { gasLimit: 100_000_000_000n }, '0 0 0 0 0 ADDRESS GAS CALL STOP'),
    deposited(
      'creations at the greatest depth',
      { gasLimit: 10n ** 13n },
      '0 0 0 0 0 ADDRESS GAS CALL 0 0 0 CREATE STOP',
    ),
    logging('receipts with and without logs', [10], [], [5_000, 20], [20, 9_000], [], [4_096]),
    logging('a receipt that ends in long data, last', [], [9_000]),
    logging('a receipt that ends in a log, last', [9_000], [1, 2]),
    { ...one, name: 'the last block of an assertion', assertion: { targetCount: 4n } },
    deposited('the block that reaches the gas of an assertion', { gasLimit: maxGas }, '#fe'),
  ]
}
