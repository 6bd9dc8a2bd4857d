import type { Method } from '../../context.ts'
import { executeCall } from '../../simulate/execute-call.ts'
import { readSimulation } from '../../simulate/read-simulation.ts'
import { callError } from '../../simulate/revert.ts'

/** `eth_call(call, block, stateOverrides, blockOverrides)`: returned bytes. Throws code 3 with the data of a revert. */
export const call: Method = async (context, params) => {
  const simulation = readSimulation(context, params)
  const result = await context.calls.run((signal) =>
    executeCall(context.simulator, simulation, context.limits.callGasCap, signal),
  )
  if (!result.success) throw callError(result)
  return result.output
}
