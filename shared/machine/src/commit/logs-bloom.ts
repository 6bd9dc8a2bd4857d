import { bytesToHex, hexToBytes, logsBloom } from '@crema/protocol'
import type { MachineLog } from '../state/machine.ts'
import { addressBytes, wordBytes } from '../state/words.ts'
import type { LogsBloom } from './memos.ts'

/** Bloom of none of `logs`. */
export function createLogsBloom(logs: readonly MachineLog[]): LogsBloom {
  return { of: logs, count: 0, bloom: new Uint8Array(256) }
}

/** Takes logs in until there are `count` of them. */
export function addToBloom(known: LogsBloom, count: number): void {
  for (; known.count < count; known.count++) {
    const { address, topics } = known.of[known.count]!
    const log = {
      address: bytesToHex(addressBytes(address)),
      topics: topics.map((each) => bytesToHex(wordBytes(each))),
    }
    const bloom = hexToBytes(logsBloom([log]))
    for (let i = 0; i < 256; i++) known.bloom[i]! |= bloom[i]!
  }
}
