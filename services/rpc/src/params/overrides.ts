import type { AccountOverride, BlockOverrides } from '@crema/execution'
import type { Address, Hash } from '@crema/protocol'
import { invalidParam } from '../errors.ts'
import { address, bytes, hash, member, object, type Parser, quantity } from './primitives.ts'

const maxAccounts = 1_000
const maxSlots = 100_000

/** Reads geth's state override set. `movePrecompileToAddress` is refused. */
export const stateOverrides: Parser<ReadonlyMap<Address, AccountOverride>> = (value, index) => {
  const entries = Object.entries(object(value, index))
  if (entries.length > maxAccounts) throw invalidParam(index, `more than ${maxAccounts} overridden accounts`)
  return new Map(entries.map(([key, item]) => [address(key, index), account(item, index)]))
}

const account: Parser<AccountOverride> = (value, index) => {
  const fields = object(value, index)
  if (fields.movePrecompileToAddress !== undefined && fields.movePrecompileToAddress !== null) {
    throw invalidParam(index, 'movePrecompileToAddress is not supported')
  }
  const state = member(fields, 'state', index, slots)
  const stateDiff = member(fields, 'stateDiff', index, slots)
  if (state !== undefined && stateDiff !== undefined)
    throw invalidParam(index, "account has both 'state' and 'stateDiff'")
  return defined({
    balance: member(fields, 'balance', index, quantity),
    nonce: member(fields, 'nonce', index, quantity),
    code: member(fields, 'code', index, bytes),
    state,
    stateDiff,
  })
}

const slots: Parser<ReadonlyMap<Hash, Hash>> = (value, index) => {
  const entries = Object.entries(object(value, index))
  if (entries.length > maxSlots) throw invalidParam(index, `more than ${maxSlots} overridden slots`)
  return new Map(entries.map(([key, item]) => [hash(key, index), hash(item, index)]))
}

/** Reads block overrides in geth's and in `eth_simulateV1`'s spelling. */
export const blockOverrides: Parser<BlockOverrides> = (value, index) => {
  const fields = object(value, index)
  const read = <T>(parse: Parser<T>, ...names: string[]) =>
    names.reduce<T | undefined>((found, name) => found ?? member(fields, name, index, parse), undefined)
  return defined({
    number: read(quantity, 'number'),
    timestamp: read(quantity, 'time', 'timestamp'),
    gasLimit: read(quantity, 'gasLimit'),
    feeRecipient: read(address, 'feeRecipient', 'coinbase'),
    prevRandao: read(hash, 'prevRandao', 'random'),
    baseFeePerGas: read(quantity, 'baseFeePerGas', 'baseFee'),
  })
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The object without its undefined members. */
function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>
}
