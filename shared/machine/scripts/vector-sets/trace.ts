import { bytesToHex, hexToBytes } from '@crema/protocol'
import { toJson, type Vectors, word } from '../../../protocol/scripts/vector-sets/columns.ts'
import { type AssertionTrace, type LeafOpening, openAssertionTrace } from '../../src/trace/assertion-trace.ts'
import { traceBlocks } from '../../src/trace/build-trace.ts'
import { createMemoryTraceStore } from '../../src/trace/trace-store.ts'
import { blockLeaf, repeat, segmentLeaf, traceDepth } from '../../src/trace/trace-tree.ts'
import { createToySource, type ToySource } from './toy-source.ts'

const { blocks: B, segments: X, steps: S } = traceDepth
/** Micro-ops of the segments of three blocks. */
const shape = [[3, 5000, 2], [4100], [1, 17]]
/** Places (block, segment, micro-op) at both ends of each level, and behind them. */
const places = [
  [0, 0, 0],
  [0, 1, 4096],
  [0, 1, 4999],
  [0, 1, 5000],
  [0, 2, 2 ** 24 - 1],
  [0, 3, 0],
  [1, 0, 4099],
  [1, 4095, 77],
  [2, 1, 16],
  [3, 0, 0],
  [4095, 4095, 2 ** 24 - 1],
] as const

/** Leaves, padding, and every reveal and opening of duels over a whole trace of states that stand for nothing. */
export function traceVectors(): Vectors {
  const source = createToySource(shape)
  const trace = openToy(source)
  const last = trace.lastLeafProof()
  const walks = places.map(([b, x, i]) => walk(source, trace, b, x, i))
  return {
    leaf: leafVectors(),
    repeat: {
      leaf: word('repeated'),
      root: Array.from({ length: S + 1 }, (_, depth) => bytesToHex(repeat(hexToBytes(word('repeated')), depth))),
    },
    trace: {
      shape: shape.map((steps) => [...steps]),
      root: bytesToHex(trace.root),
      initialState: bytesToHex(trace.initialState),
      endState: bytesToHex(trace.endState),
      lastRoot: bytesToHex(last.subRoot),
      lastSiblings: last.siblings.map(bytesToHex),
    },
    walk: { count: walks.length, ...Object.fromEntries(walks.map((rows, at) => [`w${at}`, rows])) },
  }
}

function openToy(source: ToySource): AssertionTrace {
  const store = createMemoryTraceStore()
  const work = traceBlocks(source, store)
  let next = work.next()
  while (next.done !== true) next = work.next()
  return openAssertionTrace({ source, store, blocks: next.value })
}

function leafVectors(): Vectors {
  const names = ['one', 'two', 'three']
  const states = names.map((name) => word(`state ${name}`))
  const roots = names.map((name) => word(`root ${name}`))
  const leaves = (hash: (state: Uint8Array, root: Uint8Array) => Uint8Array) =>
    states.map((state, at) => bytesToHex(hash(hexToBytes(state), hexToBytes(roots[at]!))))
  return {
    count: names.length,
    state: states,
    subRoot: roots,
    segmentLeaf: leaves(segmentLeaf),
    blockLeaf: leaves(blockLeaf),
  }
}

/** What a duel about micro-op (b, x, i) reveals: `blocks`, `segments`, `steps` are the nodes in lots of 16, from the root down. */
function walk(source: ToySource, trace: AssertionTrace, b: number, x: number, i: number): Vectors {
  const reveals = (first: number, depth: number, path: number): string[] =>
    Array.from({ length: depth / 4 }, (_, at) => {
      const prefix = Math.floor(path / 2 ** (depth - 4 * at))
      return trace.children(first + 4 * at, prefix).map(bytesToHex)
    }).flat()
  return {
    place: toJson([b, x, i]),
    blocks: reveals(0, B, b),
    block: opening(trace.openBlockLeaf(b)),
    segments: reveals(B, X, b * 2 ** X + x),
    segment: opening(trace.openSegmentLeaf(b, x)),
    steps: reveals(B + X, S, (b * 2 ** X + x) * 2 ** S + i),
    siblings: trace.stepProof(b, x, i).map(bytesToHex),
    state: bytesToHex(source.expectedState(b, x, i)),
    stateBefore: bytesToHex(trace.stateBefore(b, x, i)),
  }
}

function opening({ stateAfter, subRoot, lastLeaf, previous }: LeafOpening): Vectors {
  return {
    stateAfter: bytesToHex(stateAfter),
    subRoot: bytesToHex(subRoot),
    lastRoot: bytesToHex(lastLeaf.subRoot),
    lastSiblings: lastLeaf.siblings.map(bytesToHex),
    ...(previous && {
      previousState: bytesToHex(previous.state),
      previousRoot: bytesToHex(previous.subRoot),
      previousSiblings: previous.siblings.map(bytesToHex),
    }),
  }
}
