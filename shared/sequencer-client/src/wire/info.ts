import { badResponse } from '../errors.ts'
import type { SequencerInfo } from '../types.ts'
import { parseBoolean, parseHash, parseObject, parseUint } from './fields.ts'

const kinds = ['dev', 'cometbft', 'espresso'] as const

/** JSON form of a sequencer's description. */
export function encodeInfo(info: SequencerInfo) {
  return {
    kind: info.kind,
    setId: info.setId,
    epoch: info.epoch.toString(),
    height: info.height.toString(),
    healthy: info.healthy,
  }
}

/** Inverse of {@link encodeInfo} for hostile input. */
export function parseInfo(value: unknown, where: string): SequencerInfo {
  const fields = parseObject(value, where)
  const kind = kinds.find((known) => known === fields.kind)
  if (kind === undefined) throw badResponse(`${where}.kind`, 'unknown kind of sequencer')
  return {
    kind,
    setId: parseHash(fields.setId, `${where}.setId`),
    epoch: parseUint(fields.epoch, `${where}.epoch`),
    height: parseUint(fields.height, `${where}.height`),
    healthy: parseBoolean(fields.healthy, `${where}.healthy`),
  }
}
