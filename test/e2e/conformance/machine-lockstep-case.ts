import { allocationState, createL1Common, scheduleForks } from '@crema/execution'
import { executeTransaction, l1Rules, type OpcodeState, traceTransaction } from '@crema/machine'
import { type Hex, hexToBytes } from '@crema/protocol'
import { createBlock } from '@ethereumjs/block'
import type { Common } from '@ethereumjs/common'
import type { InterpreterStep } from '@ethereumjs/evm'
import { MerkleStateManager } from '@ethereumjs/statemanager'
import { createTxFromRLP, type TypedTransaction } from '@ethereumjs/tx'
import { Account, createAddressFromString } from '@ethereumjs/util'
import { createVM, runTx } from '@ethereumjs/vm'
import { toAllocation } from './fixture-state.ts'
import { blockOf, gasLimitOf, hugeGas } from './machine-state-test-case.ts'
import { createMemoryStore } from './memory-store.ts'
import type { StateTest, StateTestPost } from './state-test-case.ts'

/** Memory larger than this is compared by its size alone, bytes. */
const COMPARED_MEMORY = 65_536
/** The library takes minutes for more. */
const MOST_STEPS = 500_000
const SSTORE = 0x55
const INVALID = 0xfe

/**
 * Runs a case opcode by opcode beside @ethereumjs/vm. Throws at the first opcode before which depth, pc, opcode, gas, refund, stack or memory
 * differ. Returns the number of opcodes, or why the case does not apply.
 */
export async function runLockstepCase(test: StateTest, post: StateTestPost, fork: string): Promise<number | string> {
  const raw = hexToBytes(post.txbytes)
  if (post.expectException !== undefined) return 'cases with invalid transactions'
  if (raw[0] === 3) return 'cases with blob transactions'
  if (gasLimitOf(raw) > Number.MAX_SAFE_INTEGER) return hugeGas
  const chain = scheduleForks(BigInt(test.config?.chainid ?? '0x1'), fork)
  const common = createL1Common({ chain, hardfork: fork })
  const transaction = createTxFromRLP(raw, { common })
  const store = createMemoryStore()
  const { root, writes } = await allocationState(toAllocation(test.pre))
  store.add(writes)
  const rules = l1Rules(common.chainId(), fork as 'prague' | 'osaka')
  const context = { rules, state: store, stateRoot: root, block: blockOf(test.env) }
  if (executeTransaction(context, raw).steps > MOST_STEPS) return `cases of more than ${MOST_STEPS} micro-ops`
  const trace = traceTransaction(context, raw)
  let count = 0
  let authorized: number | undefined
  const onStep = (step: InterpreterStep): void => {
    let { value, done } = trace.next()
    // The library looks at the stack before some events, so that an opcode that underflows has none.
    while (done !== true && isSilent(value as OpcodeState, step)) ({ value, done } = trace.next())
    if (done === true) throw new Error(`the machine ended before opcode ${count} (${step.opcode.name})`)
    // The library adds the refunds of authorizations at the end.
    const state = value as OpcodeState
    authorized ??= state.refund
    compare(count, step, state, authorized)
    count++
  }
  try {
    await runReference(test, common, transaction, onStep)
  } catch (error) {
    if (error instanceof BrokenEvent) return "cases in which the library's event asks for more memory than exists"
    throw error
  }
  for (const { underflows } of trace) {
    if (!underflows) throw new Error(`the machine goes on after opcode ${count}`)
  }
  return count
}

/** The library grows memory for its event before it finds that gas does not pay for it. */
class BrokenEvent extends Error {}

function isSilent({ frame, underflows }: OpcodeState, step: InterpreterStep): boolean {
  return underflows && (frame.depth !== step.depth || frame.pc !== step.pc)
}

function compare(count: number, step: InterpreterStep, { frame, refund }: OpcodeState, authorized: number): void {
  const opcode = frame.code[frame.pc]!
  expectEqual(count, step, 'depth', frame.depth, step.depth)
  expectEqual(count, step, 'pc', frame.pc, step.pc)
  // The library names all undefined opcodes INVALID.
  if (step.opcode.code !== INVALID) expectEqual(count, step, 'opcode', opcode, step.opcode.code)
  expectEqual(count, step, 'gas', BigInt(frame.gas), step.gasLeft)
  // The library's event for SSTORE comes after the refund; the next opcode's shows it.
  if (opcode !== SSTORE) expectEqual(count, step, 'refund', BigInt(refund - authorized), step.gasRefund)
  expectEqual(count, step, 'stack size', frame.sp, step.stack.length)
  for (const [i, word] of step.stack.entries()) expectEqual(count, step, `stack word ${i}`, frame.stack[i], word)
  expectEqual(count, step, 'memory size', BigInt(frame.memWords), step.memoryWordCount)
  const size = 32 * frame.memWords
  if (size > COMPARED_MEMORY) return
  // The library's buffer may end before its memory does: zeros follow.
  const expected = step.memory.subarray(0, size)
  const rest = frame.memory.subarray(expected.length, size)
  const equal =
    Buffer.compare(frame.memory.subarray(0, expected.length), expected) === 0 && rest.every((byte) => byte === 0)
  expectEqual(count, step, 'equality of memory', equal, true)
}

function expectEqual<T>(
  count: number,
  { opcode, pc, depth }: InterpreterStep,
  what: string,
  actual: T,
  expected: T,
): void {
  if (actual === expected) return
  const place = `before opcode ${count}, ${opcode.name} at ${pc} of depth ${depth}`
  throw new Error(`${place}: ${what} is ${actual} on the machine, ${expected} on @ethereumjs/vm`)
}

async function runReference(
  test: StateTest,
  common: Common,
  tx: TypedTransaction,
  onStep: (step: InterpreterStep) => void,
): Promise<void> {
  const stateManager = new MerkleStateManager({ common })
  for (const [hex, { balance = 0n, nonce = 0n, code, storage = {} }] of Object.entries(toAllocation(test.pre))) {
    const address = createAddressFromString(hex)
    await stateManager.putAccount(address, new Account(nonce, balance))
    if (code !== undefined) await stateManager.putCode(address, hexToBytes(code))
    for (const [slot, value] of Object.entries(storage)) {
      const bytes = hexToBytes(value)
      if (bytes.some((byte) => byte !== 0)) await stateManager.putStorage(address, hexToBytes(slot), bytes)
    }
  }
  const vm = await createVM({ common, stateManager })
  let failure: unknown
  vm.evm.events!.on('step', (step) => {
    if (failure !== undefined) return
    try {
      onStep(step)
    } catch (error) {
      failure = error
    }
  })
  const quantity = (name: string): Hex => test.env[name] ?? '0x0'
  const header = {
    number: quantity('currentNumber'),
    timestamp: quantity('currentTimestamp'),
    coinbase: quantity('currentCoinbase'),
    gasLimit: quantity('currentGasLimit'),
    baseFeePerGas: quantity('currentBaseFee'),
    mixHash: hexToBytes(`0x${quantity('currentRandom').slice(2).padStart(64, '0')}`),
    excessBlobGas: quantity('currentExcessBlobGas'),
  }
  const block = createBlock({ header }, { common, skipConsensusFormatValidation: true })
  try {
    await runTx(vm, { tx, block })
  } catch (error) {
    failure ??= error instanceof RangeError ? new BrokenEvent(error.message) : error
  }
  if (failure !== undefined) throw failure
}
