import { badResponse } from '../errors.ts'
import type { SubmissionStatus } from '../types.ts'
import { parseIndex, parseObject, parseText, parseUint } from './fields.ts'

/** JSON form of a submission's status. */
export function encodeStatus(status: SubmissionStatus) {
  if (status.stage !== 'ordered') return status
  return {
    stage: status.stage,
    sequencerHeight: status.sequencerHeight.toString(),
    laneHeight: status.laneHeight.toString(),
    entryIndex: status.entryIndex,
  }
}

/** Inverse of {@link encodeStatus} for hostile input. */
export function parseStatus(value: unknown, where: string): SubmissionStatus {
  const fields = parseObject(value, where)
  switch (fields.stage) {
    case 'unknown':
    case 'pending':
      return { stage: fields.stage }
    case 'dropped':
      return { stage: 'dropped', reason: parseText(fields.reason, `${where}.reason`, 500) }
    case 'ordered':
      return {
        stage: 'ordered',
        sequencerHeight: parseUint(fields.sequencerHeight, `${where}.sequencerHeight`),
        laneHeight: parseUint(fields.laneHeight, `${where}.laneHeight`),
        entryIndex: parseIndex(fields.entryIndex, `${where}.entryIndex`, 2 ** 32 - 1),
      }
    default:
      throw badResponse(`${where}.stage`, 'unknown stage')
  }
}
