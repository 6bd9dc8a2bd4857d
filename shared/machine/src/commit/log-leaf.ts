import { hexToBytes, tags } from '@crema/protocol'
import type { MachineLog } from '../state/machine.ts'
import { encodeWords } from './encode-words.ts'
import { hashWordBytes } from './hash.ts'
import { logDataChain } from './log-data-chain.ts'

const tag = hexToBytes(tags.log)

/** The eight words of a log: address, topicCount, four topics (unused 0), dataLength, dataChain. */
export function logWords({ address, topics, data }: MachineLog): Uint8Array {
  const [topic0 = 0n, topic1 = 0n, topic2 = 0n, topic3 = 0n] = topics
  return encodeWords([address, topics.length, topic0, topic1, topic2, topic3, data.length, logDataChain(data)])
}

/** Leaf of the logs tree: `H(log, address, topicCount, topic0 … topic3, dataLength, dataChain)`. */
export function logLeaf(log: MachineLog): Uint8Array {
  return hashWordBytes(tag, logWords(log))
}
