import type { LocatedLog, LogFilter } from '@crema/protocol'

/** Whether a log has one of the addresses and, position by position, one of the topics. Block bounds are not looked at. */
export function matchesLog(filter: Pick<LogFilter, 'addresses' | 'topics'>, log: LocatedLog): boolean {
  if (filter.addresses.length > 0 && !filter.addresses.includes(log.address)) return false
  if (filter.topics.length > log.topics.length) return false
  return filter.topics.every((alternatives, i) => alternatives === null || alternatives.includes(log.topics[i]!))
}
