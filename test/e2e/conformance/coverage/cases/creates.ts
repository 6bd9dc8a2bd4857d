import type { Hex } from '@crema/protocol'
import { create2Address, createAddress } from '../../../../../shared/machine/src/step/osp-create/address.ts'
import { address, ether, word } from '../../../../../shared/machine/test/block/support.ts'
import { asm, sizeOf } from '../asm.ts'
import { type Case, program, sender } from '../scene.ts'
import { below, callee, calling, creating } from './calling.ts'

const initcodes: Readonly<Record<string, string>> = {
  'that returns code': '3 0 MSTORE8 40 0 RETURN',
  'that stops': 'STOP',
  'that returns nothing': '0 0 RETURN',
  'that reverts': '7 0 MSTORE 32 0 REVERT',
  'that halts': '#fe',
  'that returns 0xEF': '0xef 0 MSTORE8 5 0 RETURN',
  'that returns the longest code': '24576 0 RETURN',
  'that returns too much code': '24577 0 RETURN',
  'that destroys itself': 'CALLER SELFDESTRUCT',
  'that destroys itself for itself': 'ADDRESS SELFDESTRUCT',
}

/** A program that creates with the given init code (at most 32 bytes) and keeps what comes of it on the stack. */
function creator(kind: 'CREATE' | 'CREATE2', initcode: Hex, value = 0): string {
  const size = sizeOf(initcode)
  const salt = kind === 'CREATE2' ? '0' : ''
  return `${BigInt(initcode)} 0 MSTORE ${salt} ${size} ${32 - size} ${value} ${kind}`
}

const rich = { account: { balance: ether } }
const maxNonce = 2n ** 64n - 1n
const plain = asm('3 0 MSTORE8 40 0 RETURN')
/** Where the program's first creation goes, by opcode. */
const places = {
  CREATE: address(createAddress(BigInt(program), 1n)),
  CREATE2: address(create2Address(BigInt(program), 0n, Buffer.from(plain.slice(2), 'hex'))),
} as const

/** Creations by opcodes and by transactions: soft failures, collisions, deposit of code, self-destruction. */
export function createCases(): Case[] {
  const cases: Case[] = []
  for (const kind of ['CREATE', 'CREATE2'] as const) {
    for (const [name, source] of Object.entries(initcodes)) {
      cases.push(
        calling(`${kind} ${name}`, `${creator(kind, asm(source), 1)} RETURNDATASIZE STOP`, {
          ...rich,
          gasLimit: 12_000_000n,
        }),
      )
    }
    const salt = kind === 'CREATE2' ? '0' : ''
    cases.push(
      calling(`${kind} with more value than there is`, `${creator(kind, plain, 1)} STOP`),
      calling(`${kind} by a creator whose nonce cannot be raised`, `${creator(kind, plain)} STOP`, {
        account: { nonce: maxNonce },
      }),
      calling(`${kind} of too long init code`, `${salt} 49153 0 0 ${kind} STOP`, { gasLimit: 10_000_000n }),
      calling(`${kind} of the longest init code`, `${salt} 49152 0 0 ${kind} STOP`, { gasLimit: 10_000_000n }),
      calling(`${kind} of no init code`, `${salt} 0 0 0 ${kind} STOP`),
      calling(`${kind} onto a nonce`, `${creator(kind, plain)} STOP`, { alloc: { [places[kind]]: { nonce: 1n } } }),
      calling(`${kind} onto code`, `${creator(kind, plain)} STOP`, { alloc: { [places[kind]]: { code: '0x00' } } }),
      calling(`${kind} onto storage`, `${creator(kind, plain)} STOP`, {
        alloc: { [places[kind]]: { balance: 1n, storage: { [word(1n)]: word(2n) } } },
      }),
      calling(`${kind} onto a balance`, `${creator(kind, plain)} STOP`, { alloc: { [places[kind]]: { balance: 1n } } }),
      below(`${kind} in a callee that reverts`, `${creator(kind, plain)} 0 0 REVERT`),
    )
  }
  for (const [name, source] of Object.entries(initcodes))
    cases.push(creating(`creation ${name}`, source, { value: 1n }))
  const created = address(createAddress(BigInt(sender.address), 0n))
  return [
    ...cases,
    creating('creation onto a nonce', 'STOP', { alloc: { [created]: { nonce: 1n } } }),
    creating('creation onto code', 'STOP', { alloc: { [created]: { code: '0x00' } } }),
    creating('creation onto storage', 'STOP', {
      alloc: { [created]: { balance: 1n, storage: { [word(1n)]: word(2n) } } },
    }),
    creating('creation onto a balance', 'STOP', { alloc: { [created]: { balance: 1n } } }),
    creating('creation of nothing', '0x'),
    creating('creation whose code gas does not pay for', '24576 0 RETURN', { gasLimit: 1_000_000n }),
    ...selfdestructs(),
  ]
}

function selfdestructs(): Case[] {
  const destroys = (heir: Hex, options = {}): Case =>
    calling(`SELFDESTRUCT for ${heir}`, `${BigInt(heir)} SELFDESTRUCT`, { gasLimit: 200_000n, ...options })
  // Creates what destroys itself when called, then calls it twice.
  const child = (heir: string): Hex => {
    const runtime = asm(`${heir} SELFDESTRUCT`)
    return asm(`0x${runtime.slice(2)} 0 MSTORE ${sizeOf(runtime)} ${32 - sizeOf(runtime)} RETURN`)
  }
  const calls = '0 0 0 0 0 DUP6 50000 CALL POP 0 0 0 0 1 DUP6 50000 CALL POP'
  return [
    destroys(callee.nobody),
    destroys(callee.nobody, rich),
    destroys(callee.plain, rich),
    destroys(program, rich),
    destroys(sender.address, rich),
    destroys(address(4), rich),
    below('SELFDESTRUCT in a callee', `${BigInt(callee.plain)} SELFDESTRUCT`, 'CALL', rich),
    below('SELFDESTRUCT of a caller by its callee', `${BigInt(callee.plain)} SELFDESTRUCT`, 'DELEGATECALL', rich),
    calling(
      'SELFDESTRUCT of what this transaction created',
      `${creator('CREATE', child('CALLER'), 1)} ${calls} STOP`,
      rich,
    ),
    calling(
      'SELFDESTRUCT of what this transaction created, for itself',
      `${creator('CREATE', child('ADDRESS'), 1)} ${calls} STOP`,
      rich,
    ),
    calling('SELFDESTRUCT that is undone', `${creator('CREATE', child('CALLER'), 1)} ${calls} 0 0 REVERT`, rich),
  ]
}
