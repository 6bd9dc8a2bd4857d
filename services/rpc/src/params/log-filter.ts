import type { Address, Hash } from '@crema/protocol'
import { invalidParam, rpcError } from '../errors.ts'
import { type BlockId, blockNumber } from './block-id.ts'
import { address, hash, list, member, object, type Parser } from './primitives.ts'

/** What logs a client asks for, before its tags are resolved. */
export interface LogCriteria {
  readonly blockHash: Hash | undefined
  readonly fromBlock: Exclude<BlockId, { kind: 'hash' }> | undefined
  readonly toBlock: Exclude<BlockId, { kind: 'hash' }> | undefined
  readonly addresses: readonly Address[]
  readonly topics: readonly (readonly Hash[] | null)[]
}

const maxAlternatives = 1_000

/** Reads a filter object: one address or many, topics null, single or alternatives. */
export const logCriteria: Parser<LogCriteria> = (value, index) => {
  const fields = object(value, index)
  const blockHash = member(fields, 'blockHash', index, hash)
  const fromBlock = member(fields, 'fromBlock', index, blockNumber)
  const toBlock = member(fields, 'toBlock', index, blockNumber)
  if (blockHash !== undefined && (fromBlock !== undefined || toBlock !== undefined)) throw rpcError('blockHashAndRange')
  return {
    blockHash,
    fromBlock,
    toBlock,
    addresses: member(fields, 'address', index, oneOrMany(address)) ?? [],
    topics: member(fields, 'topics', index, topics) ?? [],
  }
}

function oneOrMany<T>(parse: Parser<T>): Parser<T[]> {
  const many = list(parse, maxAlternatives)
  return (value, index) => (Array.isArray(value) ? many(value, index) : [parse(value, index)])
}

const topicAlternatives = list<Hash | null>(
  (value, index) => (value === null ? null : hash(value, index)),
  maxAlternatives,
)

const topics: Parser<(readonly Hash[] | null)[]> = (value, index) => {
  if (!Array.isArray(value)) throw invalidParam(index, 'topics is not an array')
  if (value.length > 4) throw invalidParam(index, 'more than 4 topics')
  return value.map((item) => topic(item, index))
}

/** Alternatives at one position; none, or a null among them, means any topic. */
const topic: Parser<readonly Hash[] | null> = (value, index) => {
  if (value === null) return null
  if (!Array.isArray(value)) return [hash(value, index)]
  const alternatives = topicAlternatives(value, index).filter((item): item is Hash => item !== null)
  return alternatives.length === 0 || alternatives.length < value.length ? null : alternatives
}
