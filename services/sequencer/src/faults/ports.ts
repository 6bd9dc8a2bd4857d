import { concatBytes, keccak256Hex, limits } from '@crema/protocol'
import type { SequencerPorts } from '../app.ts'
import type { OriginSource, PayloadEncoder, TimestampSource } from '../chain/ports.ts'
import type { Admission } from '../mempool/admission.ts'
import type { FaultSwitches } from './switches.ts'

const year = 365n * 24n * 3600n

/** `honest` with the faults that end up in certified headers: admission, origins, timestamps and payloads. */
export function faultyPorts(honest: SequencerPorts, switches: FaultSwitches): SequencerPorts {
  return {
    admission: faultyAdmission(honest.admission, switches),
    origins: faultyOrigins(honest.origins, switches),
    timestamps: faultyTimestamps(honest.timestamps, switches),
    encode: faultyEncoder(honest.encode, switches),
  }
}

function faultyAdmission(honest: Admission, switches: FaultSwitches): Admission {
  return (lane, raw, hash) => (switches.current.admitAnything ? { sender: hash, nonce: 0n } : honest(lane, raw, hash))
}

/** An L1 block that does not exist, one far ahead, or one before the previous header's. */
function faultyOrigins(honest: OriginSource, switches: FaultSwitches): OriginSource {
  return (previous) => {
    const origin = honest(previous)
    const hash = keccak256Hex(new TextEncoder().encode(`no such block ${origin.number}`))
    switch (switches.current.origin) {
      case 'unknown':
        return { number: origin.number + 1n, hash }
      case 'future':
        return { number: origin.number + 1_000_000n, hash }
      case 'backwards':
        return { number: origin.number > 0n ? origin.number - 1n : 0n, hash }
      case undefined:
        return origin
    }
  }
}

/** A year ahead, or a year before the previous header. */
function faultyTimestamps(honest: TimestampSource, switches: FaultSwitches): TimestampSource {
  return (previous) => {
    switch (switches.current.timestamp) {
      case 'future':
        return honest(previous) + year
      case 'backwards':
        return previous > year ? previous - year : 0n
      case undefined:
        return honest(previous)
    }
  }
}

/** One junk entry that takes the payload above the cap, or a tail that claims more bytes than follow. */
function faultyEncoder(honest: PayloadEncoder, switches: FaultSwitches): PayloadEncoder {
  return (raws) => {
    switch (switches.current.payload) {
      case 'oversized':
        return honest([...raws, new Uint8Array(limits.maxPayloadSize).fill(0xfe)])
      case 'malformed':
        return concatBytes(honest(raws), Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xfe))
      case undefined:
        return honest(raws)
    }
  }
}
