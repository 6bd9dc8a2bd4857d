import type { AccountOverride, BlockOverrides, CallRequest, SealedHeader } from '@crema/execution'
import type { Address } from '@crema/protocol'
import { rpcError } from '../errors.ts'
import type { CallFields } from '../params/call.ts'
import type { CallSimulator } from '../ports.ts'

const nobody: Address = '0x0000000000000000000000000000000000000000'

/** A call with the block it runs on. */
export interface Simulation {
  readonly header: SealedHeader
  readonly fields: CallFields
  readonly stateOverrides: ReadonlyMap<Address, AccountOverride> | undefined
  readonly blockOverrides: BlockOverrides | undefined
}

/** What a gas unit costs: the cap it is reserved at and the price it is charged at, both 0 when the call names no price. */
export interface CallPrice {
  readonly cap: bigint
  readonly effective: bigint
}

/** Price of a call. Throws `max fee per gas less than block base fee`. */
export function callPrice(simulation: Simulation): CallPrice {
  const { gasPrice, maxFeePerGas, maxPriorityFeePerGas } = simulation.fields
  const baseFee = simulation.blockOverrides?.baseFeePerGas ?? simulation.header.baseFeePerGas ?? 0n
  const tip = maxPriorityFeePerGas ?? 0n
  const cap = gasPrice ?? maxFeePerGas ?? (tip > 0n ? baseFee + tip : 0n)
  if (cap === 0n) return { cap, effective: 0n }
  if (cap < baseFee) {
    throw rpcError('feeCapBelowBaseFee', `address ${sender(simulation)}, maxFeePerGas: ${cap}, baseFee: ${baseFee}`)
  }
  return { cap, effective: gasPrice ?? (baseFee + tip < cap ? baseFee + tip : cap) }
}

/** The call's sender; the zero address when it names none. */
export function sender(simulation: Simulation): Address {
  return simulation.fields.from ?? nobody
}

/** Balance of the sender with overrides, in wei. */
export async function senderBalance(simulator: CallSimulator, simulation: Simulation): Promise<bigint> {
  const from = sender(simulation)
  const override = simulation.stateOverrides?.get(from)?.balance
  if (override !== undefined) return override
  return (await simulator.account(simulation.header.stateRoot, from))?.balance ?? 0n
}

/** The request that runs the call with `gas`. */
export function callRequest(simulation: Simulation, gas: bigint, price: CallPrice): CallRequest {
  const { fields, stateOverrides, blockOverrides } = simulation
  return {
    header: simulation.header,
    message: {
      from: sender(simulation),
      to: fields.to,
      gas,
      gasPrice: price.effective,
      value: fields.value,
      data: fields.data,
      ...(fields.accessList === undefined ? {} : { accessList: fields.accessList }),
      ...(fields.authorizationList === undefined ? {} : { authorizationList: fields.authorizationList }),
    },
    ...(stateOverrides === undefined ? {} : { stateOverrides }),
    ...(blockOverrides === undefined ? {} : { blockOverrides }),
  }
}
