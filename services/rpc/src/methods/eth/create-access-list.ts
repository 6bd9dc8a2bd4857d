import type { AccessListEntry } from '@crema/protocol'
import type { Method } from '../../context.ts'
import { toQuantity } from '../../format/quantity.ts'
import { executeCall } from '../../simulate/execute-call.ts'
import { readSimulation } from '../../simulate/read-simulation.ts'
import { isRevert } from '../../simulate/revert.ts'

/** A list can change what a call touches; after so many rounds the last one is given, as it stands. */
const maxRounds = 8

/** `eth_createAccessList(call, block, stateOverrides)`: accounts and slots that the call touches, its gas with them, its failure inside. */
export const createAccessList: Method = async (context, params) => {
  const simulation = readSimulation(context, params)
  return context.calls.run(async (signal) => {
    let accessList: readonly AccessListEntry[] = simulation.fields.accessList ?? []
    for (let round = 1; ; round++) {
      signal.throwIfAborted()
      const fields = { ...simulation.fields, accessList }
      const result = await executeCall(context.simulator, { ...simulation, fields }, context.limits.callGasCap, signal)
      if (round === maxRounds || sameList(accessList, result.accessList)) {
        const error = isRevert(result) ? 'execution reverted' : result.error
        const answer = { accessList, gasUsed: toQuantity(result.gasUsed) }
        return result.success ? answer : { ...answer, error: error ?? 'execution failed' }
      }
      accessList = result.accessList
    }
  })
}

function sameList(left: readonly AccessListEntry[], right: readonly AccessListEntry[]): boolean {
  return canonical(left) === canonical(right)
}

function canonical(list: readonly AccessListEntry[]): string {
  return list
    .map((entry) => `${entry.address}:${entry.storageKeys.toSorted().join()}`)
    .toSorted()
    .join(';')
}
