import { nextBaseFee, type SealedHeader } from '@crema/execution'
import type { ChainReader, L2Block, L2ChainConfig } from '@crema/protocol'
import { toQuantity } from '../format/quantity.ts'
import type { FeeHistoryQuery } from '../ports.ts'

/** What the history is read from. */
export interface FeeHistoryView {
  readonly chain: Pick<ChainReader, 'headerByNumber' | 'blockByNumber'>
  readonly l2: L2ChainConfig
}

/** Answer of `eth_feeHistory`. */
export interface FeeHistory {
  readonly oldestBlock: string
  readonly gasUsedRatio: readonly number[]
  readonly baseFeePerGas?: readonly string[]
  readonly baseFeePerBlobGas?: readonly string[]
  readonly blobGasUsedRatio?: readonly number[]
  readonly reward?: readonly (readonly string[])[]
}

/**
 * `eth_feeHistory` of the blocks from `oldest` to `newest`: base fees (one more than blocks), gas used ratios and, for each
 * percentile, the tip in wei that so much of the block's gas paid at most.
 */
export function feeHistory(view: FeeHistoryView, { oldest, newest, percentiles }: FeeHistoryQuery): FeeHistory {
  const headers: SealedHeader[] = []
  for (let number = oldest; number <= newest; number++) {
    const header = view.chain.headerByNumber(number)
    if (header === undefined) break
    headers.push(header)
  }
  const last = headers.at(-1)
  if (last === undefined) return { oldestBlock: toQuantity(0), gasUsedRatio: [] }
  const baseFees = [...headers.map((header) => header.baseFeePerGas ?? 0n), nextBaseFee(last, view.l2)]
  return {
    oldestBlock: toQuantity(oldest),
    baseFeePerGas: baseFees.map(toQuantity),
    gasUsedRatio: headers.map((header) => Number(header.gasUsed) / Number(header.gasLimit)),
    baseFeePerBlobGas: baseFees.map(() => '0x1'),
    blobGasUsedRatio: headers.map(() => 0),
    ...(percentiles.length === 0
      ? {}
      : { reward: headers.map(({ number }) => blockRewards(view, number, percentiles)) }),
  }
}

/** Only rewards need whole blocks. */
function blockRewards(view: FeeHistoryView, number: bigint, percentiles: readonly number[]): string[] {
  const block = view.chain.blockByNumber(number)
  return block === undefined ? percentiles.map(() => '0x0') : rewards(block, percentiles)
}

/** Tips of a block at ascending percentiles of its gas; zeros for an empty block. Deposits pay none and do not count. */
export function rewards(block: L2Block, percentiles: readonly number[]): string[] {
  const baseFee = block.header.baseFeePerGas ?? 0n
  const paid = block.receipts
    .filter((receipt) => receipt.type !== 0x7e)
    .map((receipt) => ({ gas: receipt.gasUsed, tip: receipt.effectiveGasPrice - baseFee }))
    .sort((left, right) => (left.tip < right.tip ? -1 : left.tip > right.tip ? 1 : 0))
  if (paid.length === 0) return percentiles.map(() => '0x0')
  const total = Number(paid.reduce((sum, item) => sum + item.gas, 0n))
  let index = 0
  let sum = Number(paid[0]!.gas)
  return percentiles.map((percentile) => {
    const threshold = (total * percentile) / 100
    while (sum < threshold && index < paid.length - 1) {
      index++
      sum += Number(paid[index]!.gas)
    }
    return toQuantity(paid[index]!.tip)
  })
}
