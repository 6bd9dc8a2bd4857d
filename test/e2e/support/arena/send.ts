import {
  type DisputeCall,
  type DisputeContracts,
  disputeAbi,
  type EncodedCall,
  encodeDisputeCall,
  guardianPauseAbi,
  inboxAbi,
  portalAbi,
  revertData,
} from '@crema/l1'
import type { Address, Hash, Hex } from '@crema/protocol'
import type { ForcedRollup } from '@crema/testing'
import { testAccount, testAddress } from '@crema/testing'
import { createWalletClient, decodeErrorResult, http, type TransactionReceipt } from 'viem'

/** A call that L1 took. */
export interface SentCall {
  readonly kind: DisputeCall['kind'] | 'propose' | 'other'
  readonly account: number
  readonly call: DisputeCall | undefined
  readonly gasUsed: bigint
  readonly feeWei: bigint
  /** Bytes of calldata. */
  readonly bytes: number
}

/** A call of any contract, encoded. */
export interface AnyCall {
  readonly to: Address
  readonly data: Hex
  /** Default 0. */
  readonly valueWei?: bigint
}

/** Errors of every contract that an arena calls. */
const errorAbi = [...disputeAbi, ...portalAbi, ...inboxAbi, ...guardianPauseAbi] as const

/** Most gas of a transaction (EIP-7825). */
const TX_GAS = 16_777_216n

/** Sends calls to the contracts of a dispute and notes what they cost. */
export function createLog({ l1, l1Url, rpc }: ForcedRollup, contracts: DisputeContracts) {
  const sent: SentCall[] = []

  async function sendRaw(
    account: number,
    kind: SentCall['kind'],
    { to, data, valueWei }: EncodedCall,
    call?: DisputeCall,
  ): Promise<SentCall> {
    const wallet = createWalletClient({ account: testAccount(account), transport: http(l1Url) })
    const gas = kind === 'prove' ? TX_GAS : 3_000_000n
    const hash = await wallet.sendTransaction({ chain: null, to, data, value: valueWei, gas })
    const receipt = await receiptOf(hash)
    if (receipt.status !== 'success') {
      const at = { account: testAccount(account), to, data, value: valueWei, blockNumber: receipt.blockNumber }
      throw new Error(`L1 refused ${kind}: ${await l1.call(at).then(() => 'out of gas', reasonOf)}`)
    }
    const { gasUsed, effectiveGasPrice } = receipt
    const made = { kind, account, call, gasUsed, feeWei: gasUsed * effectiveGasPrice, bytes: data.length / 2 - 1 }
    sent.push(made)
    return made
  }

  /** After L1 was taken back, anvil sometimes leaves the first transaction in its pool: then it is told to mine. */
  async function receiptOf(hash: Hash): Promise<TransactionReceipt> {
    for (let looks = 1; looks <= 3_000; looks++) {
      const receipt = await l1.getTransactionReceipt({ hash }).catch(() => undefined)
      if (receipt !== undefined) return receipt
      if (looks % 200 === 0) await rpc('evm_mine')
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    throw new Error(`L1 does not mine ${hash}`)
  }

  const encode = (call: DisputeCall | AnyCall): EncodedCall =>
    'kind' in call ? encodeDisputeCall(contracts, call) : { valueWei: 0n, ...call }
  return {
    sent,
    sendRaw,
    send: (account: number, call: DisputeCall) => sendRaw(account, call.kind, encode(call), call),
    call: (account: number, call: AnyCall) => sendRaw(account, 'other', encode(call)),
    /** Why L1 would refuse a call now, as the contract's error and its arguments; undefined when it would take it. */
    async refusal(account: number, call: DisputeCall | AnyCall): Promise<string | undefined> {
      const { to, data, valueWei } = encode(call)
      const request = { account: testAddress(account), to, data, value: valueWei, blockTag: 'pending' } as const
      return l1.call(request).then(() => undefined, reasonOf)
    },
  }
}

/** Name and arguments of the contract's error. */
export function reasonOf(error: unknown): string {
  const data = revertData(error)
  if (data === undefined) return String(error)
  const { errorName, args = [] } = decodeErrorResult({ abi: errorAbi, data })
  return `${errorName}(${args.map(String).join(', ')})`
}
