import type { CallResult } from '@crema/execution'
import { rpcError } from '../errors.ts'
import type { CallSimulator } from '../ports.ts'
import { callPrice, callRequest, type Simulation, sender, senderBalance } from './prepare.ts'

/**
 * Runs a call as `eth_call` does: gas up to `gasCap` (what the balance affords when the call names a price but no gas), the
 * sender's funds checked, its nonce and code not. Throws `insufficient funds for gas * price + value`.
 */
export async function executeCall(
  simulator: CallSimulator,
  simulation: Simulation,
  gasCap: bigint,
  signal: AbortSignal,
): Promise<CallResult> {
  const { value } = simulation.fields
  const price = callPrice(simulation)
  const wanted = simulation.fields.gas ?? gasCap
  let gas = wanted < gasCap ? wanted : gasCap
  if (price.cap > 0n || value > 0n) {
    const balance = await senderBalance(simulator, simulation)
    if (simulation.fields.gas === undefined && price.cap > 0n && balance > value) {
      const affordable = (balance - value) / price.cap
      if (affordable < gas) gas = affordable
    }
    const want = gas * price.cap + value
    if (balance < want) {
      throw rpcError('insufficientFunds', `address ${sender(simulation)} have ${balance} want ${want}`)
    }
  }
  return simulator.call(callRequest(simulation, gas, price), signal)
}
