import type { Method } from '../../context.ts'
import { toQuantity } from '../../format/quantity.ts'
import { estimateGas as estimate } from '../../gas/estimate-gas.ts'
import { readSimulation } from '../../simulate/read-simulation.ts'

/** `eth_estimateGas(call, block, stateOverrides, blockOverrides)`: least gas limit that works, within 1.5 %. */
export const estimateGas: Method = async (context, params) => {
  const simulation = readSimulation(context, params)
  const { callGasCap } = context.limits
  return toQuantity(await context.calls.run((signal) => estimate(context.simulator, simulation, callGasCap, signal)))
}
