import {
  type Committer,
  commit,
  commitMachine,
  createCommitter,
  encodeAccount,
  encodeStorageValue,
  microOp,
  put,
  runToStep,
  type Trie,
} from '@crema/machine'
import { bytesToHex, keccak256 } from '@crema/protocol'
import type { MemoryStore } from '../memory-store.ts'
import { address, noise, signed, wallet } from './actors.ts'
import { type Machine, makeBlock } from './block.ts'
import { deepen } from './deep-trie.ts'
import { accountPath, scratchDomain, scratchPath, slotPath } from './keys.ts'

/** Longest deployed code (EIP-170) and init code (EIP-3860). */
export const MAX_CODE = 24_576
export const MAX_INIT_CODE = 49_152
/** Memory that the gas of a transaction pays for, in words, and where its tree parts: a range around it has siblings on both sides at every level. */
const MEMORY_WORDS = 91_917
export const MIDDLE = 32 * 2 ** 16

/** What the worst frames deal with. */
export const worst = {
  /** Whose frame runs. */
  own: 0xfee1_dead_0000_0000_0001n,
  /** An account with the longest code, and one without. */
  target: 0xfee1_dead_0000_0000_0002n,
  heir: 0xfee1_dead_0000_0000_0003n,
  /** A slot with a deep way to it, and one that is alone with a full branch at its end. */
  slot: 2n ** 255n + 1n,
  pairSlot: 2n ** 255n + 2n,
  /** Slot of the EIP-2935 contract that holds the parent's hash. */
  historySlot: 0n,
} as const

const historyStorage = 0x0000f90827f1c53a10cb7a02335b175320002935n
const full = 2n ** 256n - 3n

/** Frames in the worst surroundings: deep tries everywhere, memory full, the longest code. */
export interface WorstFrames {
  /** A machine whose running frame has this code, at its first byte, under a caller. `isCreation`: it is init code. */
  frame(code: Uint8Array, isCreation: boolean): { readonly machine: Machine; readonly committer: Committer }
}

/** Prepares the tries and the memory that all frames share. */
export async function createWorstFrames(): Promise<WorstFrames> {
  const from = wallet(1)
  const program = address(worst.own)
  const made = await makeBlock({
    alloc: { [from.address]: { balance: 10n ** 21n }, [program]: { nonce: 1n, code: '0x5b5f56' } },
    entries: [signed(from, { nonce: 0n, to: program, gasLimit: 16_000_000n, data: noise(98_000) })],
  })
  const code = noise(MAX_CODE, 3)
  const state = deepState(made.store, code, 5n)
  const startState = deepState(made.store, code, 6n)
  const scratch = deepScratch(made.store)
  const memory = noise(32 * MEMORY_WORDS, 5)
  const known = createCommitter()
  let memoryTree: ReturnType<Committer['buffers']['get']>

  function frame(frameCode: Uint8Array, isCreation: boolean): ReturnType<WorstFrames['frame']> {
    const proving = made.machine()
    const { machine: m } = proving
    runToStep(m, Number.POSITIVE_INFINITY)
    proving.nextSegment()
    while (m.x.op !== microOp.opcode) runToStep(m, m.steps + 1)
    m.b.number = 1n
    m.state = state
    m.t.startState = startState
    m.t.scratch = scratch
    const caller = { ...m.f, gas: 100_000, stack: [full], sp: 1 }
    const buffer = memory.slice()
    const snapshot = { ...caller.snapshot, state, scratch }
    m.callers.push(caller)
    m.f = {
      ...caller,
      depth: 1,
      kind: isCreation ? 4 : 0,
      value: 1n,
      gas: 12_000_000,
      pc: 0,
      code: frameCode,
      analysis: { code: frameCode, jumpdests: undefined, pushes: undefined },
      stack: [],
      sp: 0,
      memory: buffer,
      memWords: MEMORY_WORDS,
      returnData: m.f.input,
      retOff: 0,
      retLen: 0,
      snapshot,
      input: isCreation ? new Uint8Array(0) : m.f.input,
      created: isCreation ? worst.own : 0n,
    }
    const committer = createCommitter()
    if (memoryTree === undefined) {
      commitMachine(known, m)
      memoryTree = { tree: known.buffers.get(buffer.buffer)!.tree }
    }
    committer.buffers.set(buffer.buffer, { tree: memoryTree.tree })
    return { machine: m, committer }
  }
  return { frame }
}

/** A state in which the way to every actor, and to their slots, is deep. */
function deepState(store: MemoryStore, code: Uint8Array, value: bigint): Trie {
  const { own, target, heir, slot, pairSlot, historySlot } = worst
  let storage: Trie
  for (const at of [slot, pairSlot]) {
    storage = put(store, storage, slotPath(at), encodeStorageValue(full - value))
    storage = deepen(store, storage, slotPath(at), at === pairSlot)
  }
  const window = put(store, undefined, slotPath(historySlot), encodeStorageValue(full))
  const history = deepen(store, window, slotPath(historySlot))
  const codes = new Map([[bytesToHex(keccak256(code)).slice(2), code]])
  let state: Trie
  for (const at of [own, target, heir, historyStorage]) {
    const { root, nodes } = commit(at === historyStorage ? history : storage)
    store.add({ nodes, codes })
    const account = { nonce: 2n ** 60n, balance: 2n ** 200n + value, storageRoot: root, codeHash: keccak256(code) }
    state = deepen(store, put(store, state, accountPath(at), encodeAccount(account)), accountPath(at))
  }
  return state
}

/** A scratch trie in which the way to what the frames mark is deep. */
function deepScratch(store: MemoryStore): Trie {
  const { own, target, heir, slot, pairSlot } = worst
  const { warmAddress, warmSlot, transient, created } = scratchDomain
  const marks = [
    scratchPath(warmAddress, target),
    scratchPath(warmAddress, heir),
    scratchPath(created, own),
    scratchPath(warmSlot, own, slot),
    scratchPath(warmSlot, own, pairSlot),
    scratchPath(transient, own, slot),
  ]
  let scratch: Trie
  for (const path of marks) scratch = deepen(store, scratch, path)
  const removed = scratchPath(transient, own, pairSlot)
  return deepen(store, put(store, scratch, removed, encodeStorageValue(full)), removed, true)
}
