import { type AccessListEntry, hexToBytes } from '@crema/protocol'
import type { Block } from '@ethereumjs/block'
import type { EVMResult } from '@ethereumjs/evm'
import { larger, smaller } from '../bigint.ts'
import { toHex } from '../state/hex.ts'
import type { Engine } from '../vm/engine.ts'
import { applyAuthorizations } from './authorizations.ts'
import type { Message, Outcome, RawLog } from './message.ts'

/**
 * Runs a message whose gas is bought and whose sender's nonce is raised: warms addresses (EIP-2929, 2930, 3651), applies
 * authorizations (EIP-7702), executes, and computes the gas used with refund (EIP-3529) and floor (EIP-7623). The caller has
 * opened a checkpoint and made sure that the sender owns the value.
 */
export async function runMessage(engine: Engine, block: Block, message: Message): Promise<Outcome> {
  warm(engine, block, message)
  const authorizationRefund = await applyAuthorizations(engine, message.authorizationList)
  const result = await engine.evm.runCall({
    block,
    gasPrice: message.gasPrice,
    caller: message.from,
    gasLimit: message.gasLimit - message.intrinsicGas,
    ...(message.to === undefined ? {} : { to: message.to }),
    value: message.value,
    data: message.data,
    skipNonceIncrement: true,
  })
  const { execResult } = result
  return {
    success: execResult.exceptionError === undefined,
    gasUsed: chargedGas(engine, message, result, authorizationRefund),
    logs: (execResult.logs ?? []) as readonly RawLog[],
    output: execResult.returnValue,
    error: execResult.exceptionError?.error,
    createdAddress: result.createdAddress,
    destroyed: destroyedContracts(result),
  }
}

function chargedGas(engine: Engine, message: Message, result: EVMResult, authorizationRefund: bigint): bigint {
  const spent = result.execResult.executionGasUsed + message.intrinsicGas
  const earned = authorizationRefund + (result.execResult.gasRefund ?? 0n)
  const most = spent / engine.common.param('maxRefundQuotient')
  const charged = spent - smaller(earned, most)
  return larger(charged, message.floorGas)
}

/** SELFDESTRUCT deletes only contracts of the same transaction (EIP-6780). */
function destroyedContracts({ execResult }: EVMResult): string[] {
  const created = execResult.createdAddresses
  return [...(execResult.selfdestruct?.keys() ?? [])].filter((address) => created?.has(address as `0x${string}`)).sort()
}

function warm(engine: Engine, block: Block, message: Message): void {
  const { journal, precompiles } = engine.evm
  for (const address of precompiles.keys()) journal.addAlwaysWarmAddress(address)
  journal.addAlwaysWarmAddress(toHex(message.from.bytes))
  if (message.to !== undefined) journal.addAlwaysWarmAddress(toHex(message.to.bytes))
  journal.addAlwaysWarmAddress(toHex(block.header.coinbase.bytes))
  for (const entry of message.accessList) warmEntry(engine, entry)
}

function warmEntry({ evm }: Engine, entry: AccessListEntry): void {
  const address = entry.address.slice(2)
  evm.journal.addAlwaysWarmAddress(address, true)
  for (const key of entry.storageKeys) evm.journal.addAlwaysWarmSlot(address, toHex(hexToBytes(key)), true)
}
