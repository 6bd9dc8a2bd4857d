import { type Address, bytesToHex, type Hex } from '@crema/protocol'

export type Random = () => number

const hex = (value: number, bytes = 1): string => value.toString(16).padStart(2 * bytes, '0')
const push1 = (value: number): string => `60${hex(value & 255)}`
const push2 = (value: number): string => `61${hex(value & 0xffff, 2)}`
const push4 = (value: number): string => `63${hex(value >>> 0, 4)}`
const push20 = (target: Address): string => `73${target.slice(2)}`

const pick = <T>(random: Random, items: readonly T[]): T => items[random() % items.length]!

/** A word that arithmetic likes: small, all ones, a sign bit, or random. */
function pushWord(random: Random): string {
  switch (random() % 5) {
    case 0:
      return '5f'
    case 1:
      return push1(random())
    case 2:
      return `7f${'ff'.repeat(32)}`
    case 3:
      return `7f80${'00'.repeat(31)}`
    default:
      return `7f${Array.from({ length: 32 }, () => hex(random() & 255)).join('')}`
  }
}

/** A statement that leaves the stack as it was, or fails. */
function statement(random: Random, targets: readonly Address[]): string {
  const offset = push2(random() % 700)
  const size = random() % 12 === 0 ? push2(random() % 6_000) : push1(random())
  const slot = push1(random() % 4)
  const target = push20(pick(random, targets))
  const keep = (producer: string): string => `${producer}${push1((random() % 8) * 32)}52`
  const kinds: (() => string)[] = [
    () =>
      keep(pushWord(random) + pushWord(random) + hex(pick(random, [1, 2, 3, 4, 5, 6, 7, 0xa, 0xb, 0x16, 0x17, 0x18]))),
    () =>
      keep(
        pushWord(random) + pushWord(random) + hex(pick(random, [0x10, 0x11, 0x12, 0x13, 0x14, 0x1a, 0x1b, 0x1c, 0x1d])),
      ),
    () => keep(pushWord(random) + pushWord(random) + pushWord(random) + hex(8 + (random() % 2))),
    () => keep(pushWord(random) + hex(pick(random, [0x15, 0x19, 0x1e, 0x49]))),
    () =>
      keep(
        hex(
          pick(
            random,
            [
              0x30, 0x32, 0x33, 0x34, 0x36, 0x38, 0x3a, 0x3d, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x4a,
              0x58, 0x59,
            ],
          ),
        ),
      ),
    () => keep(`${target}${hex(pick(random, [0x31, 0x3b, 0x3f]))}`),
    () => keep(`${push1(random() % 8)}40`),
    () => `${pushWord(random)}${slot}55`,
    () => `${push1(random() % 3)}${slot}55`,
    () => keep(`${slot}54`),
    () => `${pushWord(random)}${slot}5d`,
    () => keep(`${slot}5c`),
    () => keep(`${size}${offset}20`),
    () => `${size}${push1(random())}${offset}${hex(pick(random, [0x37, 0x39, 0x5e]))}`,
    () => `${size}${push1(random())}${offset}${target}3c`,
    () => `${push1(random() % 40)}${push1(random() % 10)}${offset}3e`,
    () => log(random, size, offset),
    () => call(random, 0xf1, target),
    () => call(random, 0xf2, target),
    () => call(random, 0xf4, target),
    () => call(random, 0xfa, target),
    () => call(random, pick(random, [0xf1, 0xf4]), target),
    () => creation(random),
    () => keep(`${push1(random())}35`),
    () => keep('5a'),
  ]
  return pick(random, kinds)()
}

function log(random: Random, size: string, offset: string): string {
  const topics = random() % 5
  return `${pushWord(random).repeat(topics)}${size}${offset}${hex(0xa0 + topics)}`
}

/** Gas, value and windows at random; the result is kept in memory. */
function call(random: Random, op: number, target: string): string {
  const windows = `${push1(random())}${push2(random() % 900)}${push1(random())}${push1(random())}`
  const value = op === 0xf1 || op === 0xf2 ? push1(random() % 3 === 0 ? random() % 4 : 0) : ''
  const gas = random() % 3 === 0 ? push2(random()) : push4(0x7fffffff)
  return `${windows}${value}${target}${gas}${hex(op)}${push1(0x40)}52`
}

/** CREATE or CREATE2 of what a few words of memory hold: code that stores, reverts, returns code, or destroys itself. */
function creation(random: Random): string {
  const initcodes = [
    '60015f5560015ff3',
    '5f5ffd0000000000',
    '33ff000000000000',
    '60ef5f5360015ff3',
    '32ff5b5b5b5b5b5b',
    '61600160005ff300',
    '600160015560205f',
  ]
  const store = `67${pick(random, initcodes)}5f52`
  const salt = push1(random() % 2)
  const value = push1(random() % 5 === 0 ? 1 : 0)
  const create = random() % 2 === 0 ? `${push1(8)}${push1(24)}${value}f0` : `${salt}${push1(8)}${push1(24)}${value}f5`
  // Calls what was made, so that it may destroy itself in its own transaction.
  return `${store}${create}${push1(0x80)}525f5f5f5f5f${push1(0x80)}515af150`
}

function ending(random: Random, targets: readonly Address[]): string {
  const size = push1(random())
  const offset = push1(random())
  return pick(random, [
    '00',
    `${size}${offset}f3`,
    `${size}${offset}f3`,
    `${size}${offset}fd`,
    `${push20(pick(random, targets))}ff`,
    'fe',
    '',
  ])
}

/** Code of `length` statements that calls `targets`. */
export function randomProgram(random: Random, targets: readonly Address[], length: number): Hex {
  let code = ''
  for (let i = 0; i < length; i++) code += statement(random, targets)
  return `0x${code}${ending(random, targets)}`
}

/** Bytes without any plan. */
export function randomCode(random: Random, length: number): Hex {
  return bytesToHex(Uint8Array.from({ length }, () => random() & 255))
}
