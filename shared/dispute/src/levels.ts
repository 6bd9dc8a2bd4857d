/** Levels of the trace tree: blocks, segments of a block, micro-ops of a segment (docs/protocol/machine.md, Trace). */
export const levels = { block: 12, segment: 12, step: 24 } as const

/** Depth of the whole tree. */
export const TRACE_DEPTH = levels.block + levels.segment + levels.step

/** Levels that one move goes down. */
export const MOVE_LEVELS = 4
