import type { GenesisAccount, Hex } from '@crema/protocol'
import { address, ether } from '../../../../../shared/machine/test/block/support.ts'
import { asm } from '../asm.ts'
import { type Case, program } from '../scene.ts'
import { below, callee, calling } from './calling.ts'

const at = (who: Hex): bigint => BigInt(who)
const rich = { account: { balance: ether } }

/** Code of an account that delegates (EIP-7702). */
export function delegating(target: Hex): GenesisAccount {
  return { nonce: 1n, code: `0xef0100${target.slice(2)}` }
}

const delegated = address(0xde1e)
const deep = address(0xdeed)
const call = (to: bigint, value: number, kind = 'CALL'): string => `0 0 0 0 ${value} ${to} 50000 ${kind}`

/** Calls of each kind, what they move, how they fail, how their frames end. */
export function callCases(): Case[] {
  const cases: Case[] = []
  for (const kind of ['CALL', 'CALLCODE', 'DELEGATECALL', 'STATICCALL']) {
    const value = kind === 'CALL' || kind === 'CALLCODE' ? '0' : ''
    const to = (who: Hex, gas = 100_000): string => `100 0 40 3 ${value} ${at(who)} ${gas} ${kind}`
    for (const [name, who] of Object.entries(callee))
      cases.push(calling(`${kind} of what ${name}`, `${to(who)} ${to(who)} STOP`))
    if (kind !== 'STATICCALL') cases.push(below(`${kind} in a static call`, `${to(callee.stops)} STOP`, 'STATICCALL'))
    cases.push(
      calling(`${kind} that grows memory twice`, `200 100 50 3 ${value} ${at(callee.stops)} 5000 ${kind} STOP`),
      calling(`${kind} with more gas than there is`, `${to(callee.stops, 10_000_000)} STOP`),
      calling(`${kind} of a delegation, cold and warm`, `${to(delegated)} ${to(delegated)} STOP`, {
        alloc: { [delegated]: delegating(callee.returns) },
      }),
      calling(`${kind} of a delegation to a precompile`, `${to(delegated)} STOP`, {
        alloc: { [delegated]: delegating(address(4)) },
      }),
      calling(`${kind} of a precompile`, `100 0 40 3 ${value} 4 50000 ${kind} STOP`),
    )
  }
  return [
    ...cases,
    calling('CALL with value', `${call(at(callee.stops), 1)} STOP`, rich),
    calling('CALL with value of nobody', `${call(at(callee.nobody), 1)} STOP`, rich),
    calling('CALL with more value than there is', `${call(at(callee.stops), 1)} STOP`),
    calling('CALL with value of itself', `${call(at(program), 1)} STOP`, { ...rich, gasLimit: 100_000n }),
    calling('CALL with value of what reverts', `${call(at(callee.reverts), 1)} STOP`, rich),
    calling('CALLCODE with value', `${call(at(callee.stops), 1, 'CALLCODE')} STOP`, rich),
    calling('CALLCODE with more value than there is', `${call(at(callee.stops), 1, 'CALLCODE')} STOP`),
    calling('CALL of a precompile with value', '0 0 0 0 1 2 1000 CALL STOP', rich),
    calling('CALL of a precompile with value, which fails', '0 0 0 0 1 7 10 CALL STOP', rich),
    below('STOP to a caller', '1 STOP'),
    below('RETURN to a caller', '64 0 RETURN'),
    below('REVERT to a caller', '64 0 REVERT'),
    below('jump to nowhere in a callee', '1 JUMP'),
    below('delegation that gas does not pay for, in a callee', `0 0 0 0 0 ${at(delegated)} 50000 CALL STOP`, 'CALL', {
      alloc: { [delegated]: delegating(callee.returns) },
    }),
    // A frame with 2,600 gas for the delegating account and not 2,600 more for the target.
    calling(
      'access of a delegation that gas does not pay for, below',
      `0 0 0 0 0 ${at(callee.target)} 4000 CALL STOP`,
      {
        alloc: {
          [delegated]: delegating(callee.returns),
          [callee.target]: { nonce: 1n, code: asm(`0 0 0 0 0 ${at(delegated)} 50000 CALL STOP`) },
        },
      },
    ),
    calling('logs, storage, transient storage and a refund that are undone', `${call(at(deep), 0)} STOP`, {
      alloc: { [deep]: { nonce: 1n, code: asm('1 1 SSTORE 0 1 SSTORE 1 1 TSTORE 32 0 LOG0 0 0 REVERT') } },
    }),
  ]
}
