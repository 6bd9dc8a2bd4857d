import type { AccountState, SealedHeader, StateSimulator } from '@crema/execution'
import { nextBaseFee } from '@crema/execution'
import type { L2ChainConfig } from '@crema/protocol'
import { rpcError } from '../errors.ts'
import { feeCap, maxCost, type Pool, type PoolEntry } from './pool.ts'

const emptyCodeHash = '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'

/** Checks that depend on the newest block alone. Throws the error that the client is to see. */
export function checkAgainstBlock(entry: PoolEntry, l2: L2ChainConfig, head: SealedHeader): void {
  const { decoded, from } = entry
  if (decoded.gasLimit > head.gasLimit) {
    throw rpcError('exceedsBlockGasLimit', `gas limit ${decoded.gasLimit}, block ${head.gasLimit}`)
  }
  const baseFee = nextBaseFee(head, l2)
  if (feeCap(decoded) < baseFee) {
    throw rpcError('feeCapBelowBaseFee', `address ${from}, maxFeePerGas: ${feeCap(decoded)}, baseFee: ${baseFee}`)
  }
}

/** EIP-3607: a sender has no code, or an EIP-7702 delegation. */
export async function checkSender(
  simulator: StateSimulator,
  stateRoot: SealedHeader['stateRoot'],
  entry: PoolEntry,
  account: AccountState | undefined,
): Promise<void> {
  if (account === undefined || account.codeHash === emptyCodeHash) return
  const code = await simulator.code(stateRoot, entry.from)
  const delegated = code.length === 23 && code[0] === 0xef && code[1] === 0x01 && code[2] === 0x00
  if (code.length > 0 && !delegated) throw rpcError('senderNotEoa', `address ${entry.from}`)
}

/** The nonce's lower bound, and a bounded gap above what waits. Throws `nonce too low` or `nonce too high`. */
export function checkNonce(entry: PoolEntry, stateNonce: bigint, pendingNonce: bigint, maxGap: number): void {
  const { nonce } = entry.decoded
  if (nonce < stateNonce) {
    throw rpcError('nonceTooLow', `address ${entry.from}, next nonce ${stateNonce}, tx nonce ${nonce}`)
  }
  if (nonce >= pendingNonce + BigInt(maxGap)) {
    throw rpcError('nonceTooHigh', `address ${entry.from}, next nonce ${pendingNonce}, tx nonce ${nonce}`)
  }
  if (nonce === 2n ** 64n - 1n) throw rpcError('nonceMax', `address ${entry.from}`)
}

/** The balance covers the transaction and all of the sender's that wait before it. Throws `insufficient funds …`. */
export function checkFunds(entry: PoolEntry, balance: bigint, pool: Pool): void {
  const cost = maxCost(entry.decoded)
  let queued = 0n
  for (const [nonce, other] of pool.bySender(entry.from)) {
    if (nonce < entry.decoded.nonce) queued += maxCost(other.decoded)
  }
  if (balance >= cost + queued) return
  throw rpcError(
    'insufficientFunds',
    queued === 0n
      ? `address ${entry.from} have ${balance} want ${cost}`
      : `balance ${balance}, queued cost ${queued}, tx cost ${cost}, overshot ${cost + queued - balance}`,
  )
}
