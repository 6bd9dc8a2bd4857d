import type { Analysis } from './analysis.ts'
import { analysisOf } from './analysis.ts'
import type { Snapshot } from './snapshot.ts'

/** How a frame was entered. */
export const kind = { call: 0, callCode: 1, delegateCall: 2, staticCall: 3, create: 4, create2: 5 } as const
export type Kind = (typeof kind)[keyof typeof kind]

/** Section F: one running or suspended call. Offsets and lengths in bytes, gas below 2^53. */
export interface Frame {
  /** 0 for a transaction's own frame, -1 for no frame. */
  depth: number
  kind: Kind
  isStatic: boolean
  /** Storage context. */
  address: bigint
  caller: bigint
  value: bigint
  gas: number
  pc: number
  code: Uint8Array
  analysis: Analysis
  stack: bigint[]
  /** Number of words on the stack. */
  sp: number
  /** Buffer of at least `memWords` words; zero beyond what was written. */
  memory: Uint8Array
  memWords: number
  /** Call data: a view of bytes that do not change while the frame lives. */
  input: Uint8Array
  returnData: Uint8Array
  /** Window in the caller's memory for what is returned. */
  retOff: number
  retLen: number
  snapshot: Snapshot
  /** Address under creation; equals `address` in a creation, else 0. */
  created: bigint
}

const nothing = new Uint8Array(0)

/** The frame that stands for none: between transactions and while one begins or ends. */
export function noFrame(): Frame {
  return {
    depth: -1,
    kind: kind.call,
    isStatic: false,
    address: 0n,
    caller: 0n,
    value: 0n,
    gas: 0,
    pc: 0,
    code: nothing,
    analysis: analysisOf(nothing),
    stack: [],
    sp: 0,
    memory: nothing,
    memWords: 0,
    input: nothing,
    returnData: nothing,
    retOff: 0,
    retLen: 0,
    snapshot: { state: undefined, scratch: undefined, refund: 0, destroyed: undefined, logCount: 0 },
    created: 0n,
  }
}
