import { hexToBytes } from '@crema/protocol'
import type { Anchors, Machine } from '../state/machine.ts'
import { encodeWords } from './encode-words.ts'
import { zeroWord } from './stack-chain.ts'

/** Words of section B. */
export const BLOCK_WORDS = 19

/** What the machine does not execute by is zero where it has no anchors, but for what stands in its context. */
type Given = Omit<Anchors, 'startInboxCount' | 'targetCount' | 'maxGas' | 'maxBlocks'>

/** The words of section B (docs/protocol/machine.md, Commitments). */
export function blockWords(m: Machine): Uint8Array {
  const { number, timestamp, gasLimit, baseFee, prevRandao } = m.b
  const a = m.anchors ?? anchorsOf(m)
  return encodeWords([
    number,
    timestamp,
    gasLimit,
    baseFee,
    prevRandao,
    a.originNumber,
    a.originHash,
    a.originTimestamp,
    a.originBaseFee,
    a.parentHash,
    a.txCount,
    a.txRoot,
    a.depositStart,
    a.depositEnd,
    a.depositRoot,
    a.inboxCount,
    a.gasBefore,
    m.rules.chainId,
    a.portal,
  ])
}

function anchorsOf({ context }: Machine): Given {
  const origin = context?.input.origin
  return {
    originNumber: origin?.number ?? 0n,
    originHash: origin === undefined ? zeroWord : hexToBytes(origin.hash),
    originTimestamp: origin?.timestamp ?? 0n,
    originBaseFee: origin?.baseFee ?? 0n,
    parentHash: context === undefined ? zeroWord : hexToBytes(context.parent.hash),
    txCount: 0n,
    txRoot: zeroWord,
    depositStart: 0n,
    depositEnd: 0n,
    depositRoot: zeroWord,
    inboxCount: 0n,
    gasBefore: 0n,
    portal: context === undefined ? 0n : BigInt(context.portal),
  }
}
