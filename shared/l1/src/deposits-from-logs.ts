import { type Address, type Deposit, decodeOpaqueData, hexToBytes } from '@crema/protocol'
import { type Log, parseEventLogs } from 'viem'
import { L1Error } from './errors.ts'
import { portalAbi } from './generated/Portal.ts'

/** The deposits that the Portal's logs announce, in order. Throws {@link L1Error} `L1_BAD_RESPONSE`. */
export function depositsFromLogs(logs: Log<bigint, number, false>[]): Deposit[] {
  const events = parseEventLogs({
    abi: portalAbi,
    logs,
    eventName: ['TransactionDeposited', 'DepositQueued'],
    strict: true,
  })
  const deposits: Deposit[] = []
  for (let i = 0; i < events.length; i += 2) {
    const deposited = events[i]!
    const queued = events[i + 1]
    // The Portal emits the two in this order and nothing between them.
    if (deposited.eventName !== 'TransactionDeposited' || queued?.eventName !== 'DepositQueued') {
      throw new L1Error('L1_BAD_RESPONSE', 'deposit events do not come in pairs', {
        details: { blockNumber: deposited.blockNumber, logIndex: deposited.logIndex },
      })
    }
    const { mint, value, gasLimit, isCreation, data } = decodeOpaqueData(hexToBytes(deposited.args.opaqueData))
    deposits.push({
      index: queued.args.index,
      from: deposited.args.from.toLowerCase() as Address,
      to: isCreation ? undefined : (deposited.args.to.toLowerCase() as Address),
      mint,
      value,
      gasLimit,
      data,
      l1BlockNumber: deposited.blockNumber,
      l1BlockHash: deposited.blockHash,
      l1Timestamp: queued.args.l1Timestamp,
      l1TransactionHash: deposited.transactionHash,
      l1LogIndex: deposited.logIndex,
    })
  }
  return deposits
}
