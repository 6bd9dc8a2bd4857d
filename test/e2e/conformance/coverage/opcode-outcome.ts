import { noAccount, readAccount } from '../../../../shared/machine/src/state/accounts.ts'
import type { Frame } from '../../../../shared/machine/src/state/frame.ts'
import type { Machine } from '../../../../shared/machine/src/state/machine.ts'
import { isCreated } from '../../../../shared/machine/src/state/scratch.ts'
import { readOriginalStorage, readStorage } from '../../../../shared/machine/src/state/storage.ts'
import { baseGas, maxStack, minStack } from '../../../../shared/machine/src/step/opcodes.ts'
import { chargesOf, isFar, type Operands } from './charges.ts'
import { invalidCell } from './matrix.ts'
import { opcodeNames } from './opcode-names.ts'

const ADDRESS = 2n ** 160n - 1n

/** Which cells the opcode that is due is about to hit; called before it runs, the result after it ran, with what it charged. */
export function observeOpcode(m: Machine): (charges: readonly number[]) => string[] {
  const { f } = m
  const opcode = f.code[f.pc] ?? 0
  const name = opcodeNames[opcode]
  if (name === undefined) return () => [invalidCell(opcode)]
  if (f.sp < minStack[opcode]!) return () => [`${name}|underflow`]
  if (f.sp > maxStack[opcode]!) return () => [`${name}|overflow`]
  if (f.gas < baseGas[opcode]!) return () => [`${name}|base`]
  const [stack, sp, memWords, gas] = [f.stack.slice(Math.max(0, f.sp - 8), f.sp), f.sp, f.memWords, f.gas]
  const word = (depth: number): bigint => stack[Math.min(8, sp) - 1 - depth] ?? 0n
  const operands: Operands = { opcode, word, memWords }
  const special = specialsOf(m, f, opcode, word, gas)
  return (charges) => {
    if (f.isStatic && forbidsStatic(opcode, word)) return [`${name}|static`]
    const selfdestructs = opcode === 0xff
    if (f.gas < 0) {
      if (selfdestructs) return [`${name}|${charges.at(-1) === 25_000 ? 'new account' : 'access'}`]
      return [`${name}|${chargesOf(operands)[charges.length - 1] ?? 'unknown charge'}`]
    }
    if (isFar(operands)) return [`${name}|far`]
    const failed = special.filter((outcome) => failures.has(outcome))
    if (failed.length > 0) return failed.map((outcome) => `${name}|${outcome}`)
    const cells = [`${name}|success`, ...special.map((outcome) => `${name}|${outcome}`)]
    if (selfdestructs) cells.push(`${name}|${charges.includes(2_600) ? 'cold' : 'warm'}`)
    else if (opcode === 0x55) cells.push(`${name}|${coldWrites.has(charges.at(-1)!) ? 'cold' : 'warm'}`)
    else {
      const at = chargesOf(operands).indexOf('access')
      if (at >= 0) cells.push(`${name}|${charges[at]! > 100 ? 'cold' : 'warm'}`)
    }
    if (opcode === 0xf1 && chargesOf(operands).length === charges.length && charges.at(-1) === 25_000) {
      cells.push(`${name}|value-to-new`)
    }
    return cells
  }
}

/** Prices of SSTORE with the cold access. */
const coldWrites = new Set([2_200, 22_100, 5_000])

/** Outcomes that halt. */
const failures = new Set([
  'beyond-code',
  'not-jumpdest',
  'push-data',
  'far-target',
  'stipend',
  'at-stipend',
  'beyond-data',
  'init-code-too-long',
])

function forbidsStatic(opcode: number, word: (depth: number) => bigint): boolean {
  if (opcode === 0xf1) return word(2) !== 0n
  return (opcode >= 0xa0 && opcode <= 0xa4) || [0x55, 0x5d, 0xf0, 0xf5, 0xff].includes(opcode)
}

function specialsOf(m: Machine, f: Frame, opcode: number, word: (depth: number) => bigint, gas: number): string[] {
  switch (opcode) {
    case 0x56:
      return jump(f, word(0))
    case 0x57:
      return word(1) === 0n ? ['not-taken'] : ['taken', ...jump(f, word(0)).filter((kind) => kind !== 'far-target')]
    case 0x55:
      return sstore(m, f, word(0), word(1), gas)
    case 0x3e:
      return word(1) + word(2) > BigInt(f.returnData.length) ? ['beyond-data'] : []
    case 0xf0:
    case 0xf5:
      return word(2) > 49_152n ? ['init-code-too-long'] : word(2) === 49_152n ? ['init-code-longest'] : []
    case 0x00:
      return [leaves(m, f), ...(f.pc >= f.code.length && f.code.length > 0 ? ['behind-code'] : [])]
    case 0xf3:
    case 0xfd:
      return [leaves(m, f)]
    case 0xff:
      return selfdestruct(m, f, word(0) & ADDRESS)
    case 0x31:
    case 0x3b:
    case 0x3c:
    case 0x3f:
      return readAccount(m, word(0) & ADDRESS) === undefined ? ['no-account'] : []
    case 0x5f:
      return f.sp === 1_023 ? ['fills-stack'] : []
    case 0xf1:
    case 0xf2:
    case 0xf4:
      return f.isStatic ? ['in-static'] : []
    case 0x7f:
      return f.pc + 33 > f.code.length ? ['cut-by-end'] : []
    case 0x40:
      return [blockhash(m.b.number, word(0))]
    case 0x35:
      return [
        word(0) >= BigInt(f.input.length) ? 'beyond' : word(0) + 32n > BigInt(f.input.length) ? 'across-end' : 'inside',
      ]
    default:
      return []
  }
}

function jump(f: Frame, target: bigint): string[] {
  if (target >= 2n ** 32n) return ['far-target', 'beyond-code']
  if (target >= BigInt(f.code.length)) return ['beyond-code']
  if (f.code[Number(target)] !== 0x5b) return ['not-jumpdest']
  let at = 0
  while (at < target) at += 1 + Math.max(0, f.code[at]! >= 0x60 && f.code[at]! <= 0x7f ? f.code[at]! - 0x5f : 0)
  return BigInt(at) === target ? [] : ['push-data']
}

function sstore(m: Machine, f: Frame, slot: bigint, value: bigint, gas: number): string[] {
  if (gas <= 2_300) return gas === 2_300 ? ['stipend', 'at-stipend'] : ['stipend']
  return [...written(m, f, slot, value), ...(gas === 2_301 ? ['above-stipend'] : [])]
}

function written(m: Machine, f: Frame, slot: bigint, value: bigint): string[] {
  const current = readStorage(m, f.address, slot)
  const original = readOriginalStorage(m, f.address, slot)
  if (value === current) return ['no-op']
  if (original === current) return [original === 0n ? 'set' : value === 0n ? 'clear' : 'reset']
  const kinds = ['dirty']
  if (original === value) kinds.push(original === 0n ? 'restore-zero' : 'restore-value')
  if (original !== 0n && current === 0n) kinds.push('unclear')
  if (original !== 0n && current !== 0n && value === 0n) kinds.push('clear-again')
  return kinds
}

function selfdestruct(m: Machine, f: Frame, heir: bigint): string[] {
  const { balance } = readAccount(m, f.address) ?? noAccount
  const kinds = [readAccount(m, heir) === undefined ? 'heir-new' : 'heir-exists']
  const created = isCreated(m, f.address)
  if (balance === 0n) kinds.push('no-balance')
  if (created) kinds.push(heir === f.address ? 'created-heir-self' : 'created')
  else if (heir === f.address) kinds.push('heir-self')
  if (f.kind >= 4) kinds.push('in-creation')
  return kinds
}

function blockhash(number: bigint, asked: bigint): string {
  if (asked === number) return 'this'
  if (asked > number) return 'future'
  if (asked === number - 1n) return 'parent'
  if (asked === number - 256n) return 'oldest'
  return asked < number - 256n ? 'too-old' : 'other'
}

function leaves(m: Machine, f: Frame): string {
  if (f.kind >= 4) return 'in-creation'
  return m.callers.length === 0 ? 'to-transaction' : 'to-caller'
}
