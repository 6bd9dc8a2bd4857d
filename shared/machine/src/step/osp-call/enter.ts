import { credit, debit, noAccount, readAccount } from '../../state/accounts.ts'
import { analysisOf } from '../../state/analysis.ts'
import { codeOf, delegationTarget, loadCode } from '../../state/code.ts'
import { type Frame, kind } from '../../state/frame.ts'
import type { Machine } from '../../state/machine.ts'
import { isPrecompileAddress } from '../../state/scratch.ts'
import { takeSnapshot } from '../../state/snapshot.ts'
import { push } from '../../state/stack.ts'
import { microOp } from '../micro-op.ts'
import { accessAccount } from '../osp-state/access.ts'
import { halt } from './halt.ts'

/** Depth of the deepest frame. */
export const MAX_DEPTH = 1024
const STIPEND = 2_300

const nothing = new Uint8Array(0)

/** CALL_2: follows an EIP-7702 delegation, whose access is charged, then sets the gas of the call aside (EIP-150). */
export function callDelegation(m: Machine): undefined {
  const { f, x } = m
  const target = delegationTarget(codeOf(m, readAccount(m, x.codeAddress)))
  if (target !== undefined) {
    if (!accessAccount(m, f, target)) return halt(m)
    x.codeAddress = target
    x.delegated = true
  }
  const gas = Math.min(x.gas, f.gas - Math.floor(f.gas / 64))
  f.gas -= gas
  x.gas = gas + (movesValue(x.kind) && x.value !== 0n ? STIPEND : 0)
  x.op = microOp.callDebit
}

/** CALL_3: checks depth and balance, which fail softly, and takes the value from the caller. */
export function callDebit(m: Machine): undefined {
  const { f, x } = m
  x.before = m.state
  x.op = microOp.callEnter
  if (f.depth >= MAX_DEPTH) return failSoftly(m)
  if (x.value === 0n || !movesValue(x.kind)) return
  if ((readAccount(m, x.caller) ?? noAccount).balance < x.value) return failSoftly(m)
  // CALLCODE pays itself.
  if (x.kind === kind.callCode) return
  debit(m, x.caller, x.value)
  x.op = microOp.callCredit
}

/** CALL_4: gives the value to the callee. */
export function callCredit(m: Machine): undefined {
  credit(m, m.x.address, m.x.value)
  m.x.op = microOp.callEnter
}

/** CALL_5: a new frame, or the precompile. A delegation to a precompile runs no code (EIP-7702). */
export function callEnter(m: Machine): undefined {
  const { x } = m
  if (!x.delegated && isPrecompileAddress(m, x.codeAddress)) {
    x.op = microOp.precompile
    return
  }
  const code = loadCode(m, readAccount(m, x.codeAddress))
  enterFrame(m, code, x.source, 0n)
}

/** Suspends the running frame and starts the one that X describes. The snapshot is of the state before value moved. */
export function enterFrame(m: Machine, code: Uint8Array, input: Uint8Array, created: bigint): undefined {
  const { f, x } = m
  if (f.depth >= 0) m.callers.push(f)
  m.f = makeFrame(m, f.depth + 1, code, input, created)
  x.op = microOp.opcode
}

function makeFrame(m: Machine, depth: number, code: Uint8Array, input: Uint8Array, created: bigint): Frame {
  const { x } = m
  return {
    depth,
    kind: x.kind,
    isStatic: x.isStatic,
    address: x.address,
    caller: x.caller,
    value: x.value,
    gas: x.gas,
    pc: 0,
    code,
    analysis: analysisOf(code),
    stack: [],
    sp: 0,
    memory: nothing,
    memWords: 0,
    input,
    returnData: nothing,
    retOff: x.retOff,
    retLen: x.retLen,
    snapshot: takeSnapshot(m, x.before),
    created,
  }
}

/** The call or creation does not happen: its gas comes back, 0 is pushed, nothing is returned. */
export function failSoftly({ f, x }: Machine): undefined {
  f.gas += x.gas
  f.returnData = nothing
  push(f, 0n)
  x.op = microOp.opcode
}

function movesValue(callKind: Frame['kind']): boolean {
  return callKind === kind.call || callKind === kind.callCode
}
