import type { Frame } from '../state/frame.ts'
import type { Machine } from '../state/machine.ts'

/**
 * Executes one opcode. Base gas is charged, stack bounds are checked and pc stands behind the opcode. Returns `undefined`, not `void`, so that it
 * may end with another: `return halt(m)`.
 */
export type OpcodeHandler = (m: Machine, f: Frame) => undefined

/** Executes the micro-op that X names. */
export type MicroOpHandler = (m: Machine) => undefined
