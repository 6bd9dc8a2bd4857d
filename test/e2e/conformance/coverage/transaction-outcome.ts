import { readAccount } from '../../../../shared/machine/src/state/accounts.ts'
import { delegationTarget, loadCode } from '../../../../shared/machine/src/state/code.ts'
import { type Machine, status } from '../../../../shared/machine/src/state/machine.ts'

type After = () => string[]

const typeNames = ['legacy', 'access-list', 'fee-market', undefined, 'set-code'] as const

/** txLoad: why the entry is skipped, or what it is. */
export function loaded(m: Machine): After {
  const skipped = m.body.skipped.length
  return () => {
    if (m.status === status.segmentEnd) return [m.body.skipped[skipped]!.reason]
    const { type, transaction } = m.t
    const decoded = transaction!.decoded
    const isUnprotected = 'chainId' in decoded && decoded.chainId === undefined
    return ['ok', typeNames[type]!, ...(isUnprotected ? ['unprotected'] : [])]
  }
}

/** txBuy: why the transaction is skipped, or that it is paid for. */
export function bought(m: Machine): After {
  const skipped = m.body.skipped.length
  const account = readAccount(m, m.t.origin)
  const delegates = account !== undefined && delegationTarget(loadCode(m, account)) !== undefined
  return () => {
    if (m.status === status.segmentEnd) return [m.body.skipped[skipped]!.reason]
    return delegates ? ['ok', 'delegated-sender'] : ['ok']
  }
}

/** txRefund: how refund and floor came out, and how the transaction ended. */
export function settled(m: Machine): After {
  const { type, gasLimit, gasLeft, refund, floorGas, success, to } = m.t
  const spent = gasLimit - gasLeft
  const given = Math.min(refund, Math.floor(spent / 5))
  const kinds = [refund === 0 ? 'none' : given < refund ? 'capped' : 'all']
  if (spent - given < floorGas) kinds.push(type === 0x7e ? 'deposit-floor' : 'floor')
  if (type === 0x7e) kinds.push(success ? 'deposit' : 'deposit-failed')
  if (gasLeft === 0) kinds.push('all-gas')
  if (success) kinds.push(to === undefined ? 'transaction|creation' : 'transaction|success')
  else if (to === undefined) kinds.push('transaction|creation-failed')
  else kinds.push(gasLeft > 0 ? 'transaction|revert' : 'transaction|halt')
  return () => kinds
}
