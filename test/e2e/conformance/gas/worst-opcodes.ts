import { microOp, proveStep, type StepProof } from '@crema/machine'
import { noise } from './actors.ts'
import type { Machine } from './block.ts'
import { deepen } from './deep-trie.ts'
import { accountPath, scratchDomain, scratchPath } from './keys.ts'
import { opcodes } from './opcode-names.ts'
import { MAX_CODE, MAX_INIT_CODE, MIDDLE, type WorstFrames, worst } from './worst-frame.ts'

const JUMPDEST = 0x5b
const PUSH1 = 0x60
const full = 2n ** 256n - 1n
/** In the middle of memory, within a word: on both sides of a range of so many bytes the tree has siblings at every level. */
const around = (length: number): bigint => BigInt(MIDDLE - 32 * Math.ceil(length / 64) + 31)
const { own, target, heir, slot, pairSlot, historySlot } = worst
const callOf = (code: bigint, ...rest: bigint[]): bigint[] => [2n ** 60n, code, ...rest, around(320), 320n, 0n, 32n]

/** Words on the stack, the top first, for instructions that ask for more than any words. Several lists are several tries. */
const operands: Readonly<Record<number, readonly (readonly bigint[])[]>> = {
  32: [
    [around(32_768), 32_768n],
    [around(98_304), 98_304n],
  ],
  49: [[target]],
  53: [[32n * 1_024n - 1n]],
  // The copies: a chunk of whole words whose source lies within words.
  55: [[BigInt(MIDDLE - 2_048), 31n, 4_096n]],
  57: [[BigInt(MIDDLE - 2_048), 31n, 4_096n]],
  59: [[target]],
  60: [[target, BigInt(MIDDLE - 2_048), 31n, 4_096n]],
  62: [[BigInt(MIDDLE - 2_048), 31n, 4_096n]],
  63: [[target]],
  64: [[historySlot]],
  81: [[around(32)]],
  82: [[around(32), full]],
  83: [[around(1), full]],
  84: [[slot]],
  85: [
    [slot, full],
    [pairSlot, 0n],
    [slot, 0n],
  ],
  92: [[slot]],
  93: [
    [slot, full],
    [pairSlot, 0n],
  ],
  94: [
    [BigInt(MIDDLE - 2_048), around(2_048) + 1n, 4_096n],
    [BigInt(MIDDLE), around(2_048) - 65_536n, 4_096n],
  ],
  160: logs(0),
  161: logs(1),
  162: logs(2),
  163: logs(3),
  164: logs(4),
  240: [[1n, around(MAX_INIT_CODE), BigInt(MAX_INIT_CODE)]],
  241: [callOf(target, 1n), callOf(heir, 0n)],
  242: [callOf(target, 1n)],
  243: [[around(MAX_CODE), BigInt(MAX_CODE)]],
  244: [callOf(target)],
  245: [[1n, around(MAX_INIT_CODE), BigInt(MAX_INIT_CODE), full]],
  250: [callOf(target)],
  253: [[around(MAX_CODE), BigInt(MAX_CODE)]],
  255: [[heir], [own]],
}

function logs(topics: number): bigint[][] {
  const rest = new Array<bigint>(topics).fill(full)
  return [
    [around(4_096), 4_096n, ...rest],
    [around(12_288), 12_288n, ...rest],
  ]
}

/** Gas of a frame: more than enough; too little for what is charged after accounts and slots were read, so that the frame is left as well. */
const gases = [12_000_000, 2_400]
/** Logs before one: their tree has siblings at twelve levels. */
const earlier = new Array<Machine['t']['logs'][number]>(4_095).fill({
  address: own,
  topics: [],
  data: new Uint8Array(0),
})
/** Micro-ops behind an instruction that are proven. */
const MORE = 30

/** Every instruction in the worst frames, and the micro-ops that go on with it; `where` says how. */
export function* worstOpcodes(frames: WorstFrames): Generator<readonly [where: string, step: StepProof]> {
  for (const op of opcodes) {
    for (const [isCreation, gas] of [true, false].flatMap((creation) => gases.map((gas) => [creation, gas] as const))) {
      const length = isCreation ? MAX_INIT_CODE : MAX_CODE
      for (const words of operands[op] ?? [anyWords(op, length)]) {
        for (const code of codesFor(op, length)) {
          const { machine, committer } = frames.frame(code, isCreation)
          const stack = [...new Array<bigint>(40).fill(full), ...[...words].reverse()]
          Object.assign(machine.f, { gas, stack, sp: stack.length })
          if (op >= 0xa0 && op <= 0xa4) machine.t.logs.push(...earlier)
          const where = isCreation ? 'init code' : 'code'
          yield [where, proveStep(machine, committer)]
          for (let more = 0; more < MORE && machine.x.op !== microOp.opcode; more++) {
            deepenActors(machine)
            yield [`${where}, continued`, proveStep(machine, committer)]
          }
        }
      }
    }
  }
}

function codesFor(op: number, length: number): Uint8Array[] {
  const isJump = op === 0x56 || op === 0x57
  const codes = isJump ? [JUMPDEST, PUSH1, 1].map((filler) => jumping(length, filler)) : [noise(length, op + 7)]
  for (const code of codes) code[0] = op
  return codes
}

/** A jump goes to the code's last byte; everything else takes any words. */
function anyWords(op: number, length: number): bigint[] {
  if (op === 0x56) return [BigInt(length - 1)]
  if (op === 0x57) return [BigInt(length - 1), full]
  return []
}

/** Code that ends in a jump destination and is dear to look through. */
export function jumping(length: number, filler: number): Uint8Array {
  const code = new Uint8Array(length).fill(filler)
  code[length - 1] = JUMPDEST
  // Its data must not hide the destination.
  if (filler === PUSH1 && length % 2 === 1) code[1] = JUMPDEST
  code[length - 2] = JUMPDEST
  return code
}

/** Makes the ways to what the due micro-op deals with as deep as the others; addresses of new contracts are not known before. */
export function deepenActors(m: Machine): void {
  for (const at of new Set([m.x.address, m.x.caller, m.x.codeAddress, m.f.address])) {
    m.state = deepen(m.store, m.state, accountPath(at))
    for (const domain of [scratchDomain.warmAddress, scratchDomain.created]) {
      m.t.scratch = deepen(m.store, m.t.scratch, scratchPath(domain, at))
    }
  }
}
