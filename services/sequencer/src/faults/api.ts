import { firstLaneTip, keccak256Hex } from '@crema/protocol'
import type { LaneRange } from '@crema/sequencer-client'
import type { SequencerApi } from '../api/sequencer-api.ts'
import type { LaneBinding } from '../chain/types.ts'
import type { Committee } from '../committee/committee.ts'
import { rivalHeader, rivalRange } from './equivocate.ts'
import { forge } from './forge.ts'
import type { FaultSwitches } from './switches.ts'

/** What the faults of answers need besides the honest API. */
export interface FaultyApiParts {
  readonly switches: FaultSwitches
  readonly committee: Committee
  readonly lanes: readonly LaneBinding[]
  readonly setId: `0x${string}`
}

/** `honest` with the faults that lie in answers: drop, equivocate, forge, withhold, tamper. The log stays honest. */
export function faultyApi(honest: SequencerApi, { switches, committee, lanes, setId }: FaultyApiParts): SequencerApi {
  let turn = 0
  /** Every second request gets the rival. */
  const equivocates = () => switches.current.equivocate === true && turn++ % 2 === 1

  const previousTip = async (lane: bigint, laneHeight: bigint) => {
    if (laneHeight > 1n) {
      return (await honest.blocks({ lane, fromLaneHeight: laneHeight - 1n, limit: 1 }))!.laneProof.laneTip
    }
    return firstLaneTip({ setId, ...lanes.find((binding) => binding.lane === lane)! })
  }
  const tampered = (range: LaneRange): LaneRange => ({
    ...range,
    blocks: range.blocks.map((block, i) =>
      i === range.blocks.length - 1 ? { ...block, payload: flipLastByte(block.payload) } : block,
    ),
  })

  return {
    ...honest,
    submit: async (lane, raw, signal) => (switches.current.drop ? keccak256Hex(raw) : honest.submit(lane, raw, signal)),
    certifiedHeader: async (height) => {
      const certified = await honest.certifiedHeader(height)
      if (!certified) return undefined
      const { forge: kind } = switches.current
      if (kind) return forge(certified, kind, committee)
      return equivocates() ? rivalHeader(certified, committee) : certified
    },
    blocks: async (options) => {
      const range = await honest.blocks(options)
      const { withhold, tamper, forge: kind } = switches.current
      if (!range || withhold) return undefined
      if (tamper) return tampered(range)
      if (kind) return { ...range, certified: forge(range.certified, kind, committee) }
      if (!equivocates()) return range
      return rivalRange(range, options.lane, await previousTip(options.lane, range.laneProof.laneHeight), committee)
    },
  }
}

function flipLastByte(payload: Uint8Array): Uint8Array {
  const copy = payload.length === 0 ? new Uint8Array(1) : payload.slice()
  copy[copy.length - 1]! ^= 0xff
  return copy
}
