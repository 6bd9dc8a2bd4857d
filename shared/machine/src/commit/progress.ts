import type { Committer } from './committer.ts'
import { hasherHash } from './hasher.ts'
import { logDataChain } from './log-data-chain.ts'
import { absorb, createSponge } from './sponge.ts'
import { zeroWord } from './stack-chain.ts'
import { BYTES_DEPTH, wordTreeRoot, writeWords } from './word-tree.ts'

/** Hash of the hasher that took in the first `at` bytes of `source`; goes on from the last call's. */
export function hasherOf(c: Committer, source: Uint8Array, at: number): Uint8Array {
  if (c.sponge === undefined || c.sponge.source !== source || c.sponge.at > at)
    c.sponge = { source, at: 0, value: createSponge() }
  absorb(c.sponge.value, source.subarray(c.sponge.at, at))
  c.sponge.at = at
  return hasherHash(c.sponge.value)
}

/** Chain of the pieces of a log's data from `at` on, where a piece starts; goes on from the last call's. */
export function dataChainOf(c: Committer, source: Uint8Array, at: number): Uint8Array {
  if (c.dataChain === undefined || c.dataChain.source !== source || c.dataChain.at < at)
    c.dataChain = { source, at: source.length, value: zeroWord }
  c.dataChain.value = logDataChain(source, at, c.dataChain.at, c.dataChain.value)
  c.dataChain.at = at
  return c.dataChain.value
}

/** Root of the word tree of the first `at` bytes of `source`; goes on from the last call's, which ended with a whole word. */
export function copiedRoot(c: Committer, source: Uint8Array, at: number): Uint8Array {
  if (c.copied === undefined || c.copied.source !== source || c.copied.at > at)
    c.copied = { source, at: 0, value: undefined }
  const { copied } = c
  copied.value = writeWords(copied.value, BYTES_DEPTH, copied.at / 32, source.subarray(copied.at, at))
  copied.at = at
  return wordTreeRoot(copied.value)
}
