import type { Method } from '../../context.ts'
import { invalidParam, rpcError } from '../../errors.ts'
import { blockNumber } from '../../params/block-id.ts'
import { count, list, optional, type Parser, required } from '../../params/primitives.ts'
import { tagNumber } from '../../state/resolve-block.ts'

/** `eth_feeHistory(count, newest, percentiles)` */
export const feeHistory: Method = (context, params) => {
  const { feeHistoryMaxBlocks } = context.limits
  const blocks = Math.min(required(params, 0, blockCount), feeHistoryMaxBlocks)
  const newest = required(params, 1, blockNumber)
  const percentiles = optional(params, 2, list(percentile, 100), [])
  percentiles.forEach((value, i) => {
    if (i > 0 && value < percentiles[i - 1]!) throw invalidParam(2, 'invalid reward percentile: not ascending')
  })
  if (blocks === 0) return { oldestBlock: '0x0', gasUsedRatio: [] }
  const number = newest.kind === 'tag' ? tagNumber(context, newest.tag) : newest.number
  const head = context.chain.heads().latest.number
  if (number > head) throw rpcError('invalidParams', `request beyond head block: requested ${number}, head ${head}`)
  if (number < context.genesisNumber) throw rpcError('headerNotFound')
  const first = number - BigInt(blocks) + 1n
  const oldest = first < context.genesisNumber ? context.genesisNumber : first
  return context.calls.run((signal) => context.scans.feeHistory({ oldest, newest: number, percentiles }, signal))
}

/** Hex, JSON number, or decimal string as some clients send. */
const blockCount: Parser<number> = (value, index) =>
  count(typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value, index)

const percentile: Parser<number> = (value, index) => {
  if (typeof value !== 'number' || !(value >= 0 && value <= 100)) throw invalidParam(index, 'invalid reward percentile')
  return value
}
