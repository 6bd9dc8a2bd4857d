import type { Authorization } from '@crema/protocol'
import { keccak256 } from '@crema/protocol'
import type { Frame } from '../state/frame.ts'
import type { Machine, WarmItem } from '../state/machine.ts'
import type { LogsBloom, LogsTree, RecordsTree } from './memos.ts'
import type { SectionMemo } from './section-memo.ts'
import type { Sponge } from './sponge.ts'
import type { WordTree } from './word-tree.ts'

/** What is known of a frame. */
export interface FrameMemo {
  /** Entry i: hash of the lowest i words of the stack; right up to entry `valid`. */
  readonly stack: Uint8Array[]
  valid: number
  /** Commitment of the suspended caller; constant while the frame lives. */
  parent: Uint8Array | undefined
  /** Hash of section F, which changes with `returnData` alone. */
  hash: Uint8Array | undefined
  returnData: Uint8Array | undefined
}

/** A part of `source` that was taken in, and what came of it. */
export interface Progress<T> {
  readonly source: Uint8Array
  at: number
  value: T
}

/** Memory that the step under way may write: words [first, end) of the frame. */
export interface PendingWrite {
  frame: Frame | undefined
  buffer: ArrayBufferLike | undefined
  first: number
  end: number
}

/**
 * What commitments of one machine have in common from step to step. All of it can be derived anew from the machine, so that a new committer gives the
 * same hashes; trees of memory live as long as the buffers that they are of.
 */
export interface Committer {
  readonly frames: WeakMap<Frame, FrameMemo>
  readonly buffers: WeakMap<ArrayBufferLike, { tree: WordTree }>
  readonly digests: WeakMap<Uint8Array, Uint8Array>
  readonly warm: WeakMap<readonly WarmItem[], Uint8Array[]>
  readonly authorizations: WeakMap<readonly Authorization[], Uint8Array[]>
  readonly logs: WeakMap<Machine['t']['logs'], LogsTree>
  readonly pending: PendingWrite
  records: RecordsTree | undefined
  bloom: LogsBloom | undefined
  sponge: Progress<Sponge> | undefined
  dataChain: Progress<Uint8Array> | undefined
  copied: Progress<WordTree> | undefined
  readonly sections: SectionMemo
}

/**
 * Makes a committer for one machine. Who commits again after further micro-ops calls `beforeStep` before each of them; else a new committer is needed.
 */
export function createCommitter(): Committer {
  return {
    frames: new WeakMap(),
    buffers: new WeakMap(),
    digests: new WeakMap(),
    warm: new WeakMap(),
    authorizations: new WeakMap(),
    logs: new WeakMap(),
    pending: { frame: undefined, buffer: undefined, first: 0, end: 0 },
    records: undefined,
    bloom: undefined,
    sponge: undefined,
    dataChain: undefined,
    copied: undefined,
    sections: { r: undefined, b: undefined, t: undefined, rest: undefined },
  }
}

/** keccak256 of bytes that do not change, such as code; hashed once for each array. */
export function digestOf(c: Committer, bytes: Uint8Array): Uint8Array {
  let digest = c.digests.get(bytes)
  if (digest === undefined) {
    digest = keccak256(bytes)
    c.digests.set(bytes, digest)
  }
  return digest
}
