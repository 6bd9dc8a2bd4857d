import { bytesToHex, encodeTransaction, keccak256Hex, type OrderedTransaction } from '@crema/protocol'
import type { Method, RpcContext } from '../../context.ts'
import { invalidParam, rpcError } from '../../errors.ts'
import { formatTransaction } from '../../format/transaction.ts'
import { estimateGas } from '../../gas/estimate-gas.ts'
import { suggestFeeCap, suggestGasPrice } from '../../gas/fee-suggestion.ts'
import { type CallFields, call } from '../../params/call.ts'
import { required } from '../../params/primitives.ts'
import { sender } from '../../simulate/prepare.ts'
import { atLatest } from '../../state/at-latest.ts'
import { latestHeader } from '../../state/resolve-block.ts'

const unsigned = { yParity: 0, r: 0n, s: 0n } as const

/**
 * `eth_fillTransaction(transaction)`: nonce, gas, fees and chain id put in where they are missing; `{raw, tx}` with a signature of
 * zeros. What viem asks for first.
 */
export const fillTransaction: Method = async (context, params) => {
  const fields = required(params, 0, call)
  if (fields.chainId !== undefined && fields.chainId !== context.l2.chainId) {
    throw invalidParam(0, `chainId does not match node's (have=${fields.chainId}, want=${context.l2.chainId})`)
  }
  const header = latestHeader(context)
  const simulation = { header, fields, stateOverrides: undefined, blockOverrides: undefined }
  const from = sender(simulation)
  const { callGasCap } = context.limits
  const gasLimit =
    fields.gas ?? (await context.calls.run((signal) => estimateGas(context.simulator, simulation, callGasCap, signal)))
  const nonce = fields.nonce ?? (await nextNonce(context, from))
  const transaction = build(context, fields, gasLimit, nonce)
  const raw = encodeTransaction(transaction)
  const tx = formatTransaction({ hash: keccak256Hex(raw), raw, decoded: transaction, from })
  return { raw: bytesToHex(raw), tx: 'maxFeePerGas' in transaction ? withoutGasPrice(tx) : tx }
}

/** A dynamic-fee transaction names no gas price: viem would send it back next to the fee caps, and no node estimates with both. */
function withoutGasPrice({ gasPrice: _, ...tx }: ReturnType<typeof formatTransaction>): object {
  return tx
}

async function nextNonce(context: RpcContext, from: `0x${string}`): Promise<bigint> {
  const account = await atLatest(context, ({ stateRoot }) => context.simulator.account(stateRoot, from))
  return context.pool.pendingNonce(from, account?.nonce ?? 0n)
}

function build(context: RpcContext, fields: CallFields, gasLimit: bigint, nonce: bigint): OrderedTransaction {
  const { to, value, data } = fields
  const { chainId } = context.l2
  const common = { nonce, gasLimit, to, value, data, ...unsigned }
  const accessList = fields.accessList ?? []
  const type = fields.type ?? inferType(fields)
  if (type === 0 || type === 1) {
    const gasPrice = fields.gasPrice ?? suggestGasPrice(context)
    if (type === 1) return { type, chainId, gasPrice, accessList, ...common }
    return { type, chainId, gasPrice, v: 0n, ...common }
  }
  const tip = fields.maxPriorityFeePerGas ?? lower(context.suggestedTip, fields.maxFeePerGas)
  const maxFeePerGas = fields.maxFeePerGas ?? suggestFeeCap(context, tip)
  const fees = { chainId, maxPriorityFeePerGas: tip, maxFeePerGas, accessList }
  if (type === 2) return { type, ...fees, ...common }
  if (type !== 4) throw rpcError('typeNotSupported', `type ${type}`)
  if (to === undefined) throw invalidParam(0, 'a set-code transaction cannot create a contract')
  return { type, ...fees, ...common, to, authorizationList: fields.authorizationList ?? [] }
}

function inferType(fields: CallFields): number {
  if (fields.authorizationList !== undefined) return 4
  if (fields.gasPrice === undefined) return 2
  return fields.accessList === undefined ? 0 : 1
}

function lower(value: bigint, bound: bigint | undefined): bigint {
  return bound !== undefined && bound < value ? bound : value
}
