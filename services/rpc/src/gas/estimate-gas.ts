import type { CallResult } from '@crema/execution'
import { limits } from '@crema/protocol'
import { RpcError, rpcError, rpcErrors } from '../errors.ts'
import type { CallSimulator } from '../ports.ts'
import { type CallPrice, callPrice, callRequest, type Simulation, senderBalance } from '../simulate/prepare.ts'
import { callError, isRevert } from '../simulate/revert.ts'

const transferGas = 21_000n
const callStipend = 2_300n
/** The search ends when the answer is at most 1.5 % too high, as in geth. */
const tolerance = 15n

/**
 * Least gas limit with which a transaction succeeds, by geth's binary search. Throws code 3 with the data of a revert, and
 * `gas required exceeds allowance (N)` when no affordable limit is enough.
 */
export async function estimateGas(
  simulator: CallSimulator,
  simulation: Simulation,
  gasCap: bigint,
  signal: AbortSignal,
): Promise<bigint> {
  const price = callPrice(simulation)
  let high = await ceiling(simulator, simulation, gasCap, price)
  const attempt = (gas: bigint) => simulator.call(callRequest(simulation, gas, price), signal)
  if (high >= transferGas && (await isPlainTransfer(simulator, simulation))) {
    if ((await attempt(transferGas)).success) return transferGas
  }
  const first = await attempt(high)
  if (!first.success) throw estimateError(first, high)
  let low = first.gasUsed - 1n
  const optimistic = ((first.gasUsed + callStipend) * 64n) / 63n
  if (optimistic < high) {
    if ((await attempt(optimistic)).success) high = optimistic
    else low = optimistic
  }
  while (low + 1n < high && (high - low) * 1_000n >= high * tolerance) {
    // Most calls need little more than they used, so the search leans to the low end.
    const middle = (high + low) / 2n
    const probe = middle > low * 2n ? low * 2n : middle
    if ((await attempt(probe)).success) high = probe
    else low = probe
  }
  return high
}

/** Upper bound of the search: asked for, block, transaction cap, the node's cap, and what the sender can pay. */
async function ceiling(simulator: CallSimulator, simulation: Simulation, gasCap: bigint, price: CallPrice) {
  const { fields, header } = simulation
  const asked = fields.gas !== undefined && fields.gas >= transferGas ? fields.gas : header.gasLimit
  let high = [asked, limits.maxTransactionGas, gasCap].reduce((least, item) => (item < least ? item : least))
  if (price.cap === 0n && fields.value === 0n) return high
  const balance = await senderBalance(simulator, simulation)
  if (fields.value > balance) throw rpcError('insufficientFundsForTransfer')
  if (price.cap > 0n) {
    const allowance = (balance - fields.value) / price.cap
    if (allowance < high) high = allowance
  }
  return high
}

async function isPlainTransfer(simulator: CallSimulator, { fields, header, stateOverrides }: Simulation) {
  if (fields.to === undefined || fields.data.length > 0) return false
  if (fields.accessList !== undefined || fields.authorizationList !== undefined) return false
  const override = stateOverrides?.get(fields.to)?.code
  return (override ?? (await simulator.code(header.stateRoot, fields.to))).length === 0
}

function estimateError(result: CallResult, high: bigint): RpcError {
  const outOfGas = result.error !== undefined && /gas/.test(result.error)
  if (isRevert(result) || !outOfGas) return callError(result)
  const { code, message } = rpcErrors.gasRequiredExceedsAllowance
  return new RpcError(code, `${message} (${high})`)
}
