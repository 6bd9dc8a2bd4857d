import type { Machine } from '../state/machine.ts'
import { sourceKind } from '../state/machine.ts'
import { microOp } from '../step/micro-op.ts'
import { rootHash } from '../trie/hash.ts'
import { type Committer, digestOf } from './committer.ts'
import { encodeWords } from './encode-words.ts'
import { type MicroOpWords, microOpWordNames as names } from './micro-op-names.ts'
import { copiedRoot, dataChainOf, hasherOf } from './progress.ts'
import { sealLogDataWords, sealLogWords, sealReceiptWords, sealTransactionWords } from './seal-words.ts'
import { sliceWords } from './slice-words.ts'

/** Words of section X. */
export const MICRO_OP_WORDS: number = names.length

/** The words of section X: the op, and for each op those of the specification's table. */
export function microOpWords(c: Committer, m: Machine): Uint8Array {
  const words: MicroOpWords = { ...operands(c, m), op: m.x.op }
  return encodeWords(names.map((name) => words[name] ?? 0))
}

function operands(c: Committer, m: Machine): MicroOpWords {
  const { x } = m
  switch (x.op) {
    case microOp.copyChunk:
      return copyWords(c, m)
    case microOp.kecAbsorb:
    case microOp.kecEnd:
      return { ...slice(c, x.source.subarray(x.srcOff)), hasher: hasherOf(c, x.source, x.srcOff) }
    case microOp.logChunk:
      return logChunkWords(c, m)
    case microOp.callDelegation:
      return callWords(c, m)
    case microOp.callDebit:
      return { ...callWords(c, m), delegated: x.delegated }
    case microOp.callCredit:
    case microOp.callEnter:
    case microOp.precompile:
      return { ...callWords(c, m), delegated: x.delegated, before: rootHash(x.before) }
    case microOp.identityChunk:
      return {
        gas: x.gas,
        retOff: x.retOff,
        retLen: x.retLen,
        ...slice(c, x.source.subarray(x.dstOff)),
        dstOff: x.dstOff,
        hasher: copiedRoot(c, x.source, x.dstOff),
      }
    case microOp.createNonce:
    case microOp.createCollision:
    case microOp.createDebit:
      return createWords(c, m)
    case microOp.createAccount:
    case microOp.createEnter:
      return { ...createWords(c, m), before: rootHash(x.before) }
    case microOp.codeDeposit:
      return slice(c, x.source)
    case microOp.selfdestructDebit:
    case microOp.selfdestructCredit:
      return { address: x.address, value: x.value }
    case microOp.depositMint:
      return { value: x.value }
    case microOp.txBloom:
    case microOp.sysL1Block:
      return { i: x.i }
    case microOp.sealTransaction:
      return sealTransactionWords(m)
    case microOp.sealReceipt:
      return sealReceiptWords(m)
    case microOp.sealLog:
      return sealLogWords(m)
    case microOp.sealLogData:
      return sealLogDataWords(m)
    default:
      return {}
  }
}

/** Root, offset and length of bytes under a word tree; nothing for no bytes. */
function slice(c: Committer, bytes: Uint8Array): MicroOpWords {
  const words = sliceWords(c, bytes)
  return { sourceRoot: words.subarray(0, 32), sourceOffset: words.subarray(32, 64), sourceLength: words.subarray(64) }
}

/** What is left of a copy, and of its source; a source of which nothing is left is zeros. */
function copyWords(c: Committer, { x }: Machine): MicroOpWords {
  const common = { i: x.srcLen, dstOff: x.dstOff, sourceKind: x.sourceKind }
  if (x.sourceKind >= sourceKind.memoryUp) return { ...common, sourceOffset: x.srcOff }
  const rest = x.source.subarray(x.srcOff)
  if (x.sourceKind === sourceKind.slice) return { ...common, ...slice(c, rest) }
  if (rest.length === 0) return common
  return { ...common, sourceRoot: digestOf(c, x.source), sourceOffset: x.srcOff, sourceLength: rest.length }
}

function logChunkWords(c: Committer, { x }: Machine): MicroOpWords {
  const [a0, a1, a2, a3] = x.topics
  return {
    ...slice(c, x.source.subarray(0, x.srcLen)),
    i: x.source.length,
    hasher: dataChainOf(c, x.source, x.srcLen),
    kind: x.topics.length,
    a0,
    a1,
    a2,
    a3,
  }
}

function callWords(c: Committer, { x }: Machine): MicroOpWords {
  const { kind, isStatic, address, caller, value, codeAddress, retOff, retLen } = x
  const gas = Math.min(x.gas, Number.MAX_SAFE_INTEGER)
  return { kind, isStatic, gas, address, caller, value, codeAddress, retOff, retLen, ...slice(c, x.source) }
}

function createWords(c: Committer, { x }: Machine): MicroOpWords {
  const { kind, gas, address, caller, value, source } = x
  const sourceRoot = digestOf(c, source)
  return { kind, gas, address, caller, value, sourceKind: sourceKind.code, sourceRoot, sourceLength: source.length }
}
