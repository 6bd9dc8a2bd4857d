import { authorizationChain } from '../commit/authorization-chain.ts'
import type { Committer } from '../commit/committer.ts'
import { destroyedChain } from '../commit/destroyed-chain.ts'
import { encodeWords, type WordValue } from '../commit/encode-words.ts'
import { frameWords, stackHash } from '../commit/frame-words.ts'
import { logWords } from '../commit/log-leaf.ts'
import { memoryRoot } from '../commit/memory-tree.ts'
import { packedWord } from '../commit/packed.ts'
import { recordsOf } from '../commit/run-words.ts'
import { logsOf } from '../commit/tx-words.ts'
import { warmChain } from '../commit/warm-chain.ts'
import { BYTES_DEPTH, RECORDS_DEPTH } from '../commit/word-tree.ts'
import { type Machine, status } from '../state/machine.ts'
import { type CommittedReads, note, noteRange, type Witness } from '../state/witness.ts'

/** Notes one micro-op of `m`, which `c` knows as it is. */
export function createWitness(c: Committer, m: Machine): Witness {
  const tape: Uint8Array[] = []
  const last: Witness['last'] = { account: undefined, slot: undefined }
  const w: Witness = { tape, trees: c.buffers, last, committed: readsOf(c, m, () => w) }
  return w
}

function readsOf(c: Committer, m: Machine, witness: () => Witness): CommittedReads {
  const words = (...values: readonly WordValue[]): void => note(witness(), encodeWords(values))
  const reads: CommittedReads = {
    caller() {
      words(frameWords(c, m), packedWord(m.f, status.running), stackHash(c, m.f), memoryRoot(c, m.f))
    },
    logLeaf(index) {
      logsOf(c, m.t)
      noteRange(witness(), c.logs.get(m.t.logs)!.tree, BYTES_DEPTH, index, 1)
    },
    log(index) {
      reads.logLeaf(index)
      words(logWords(m.t.logs[index]!))
    },
    warmItem() {
      const { warm, warmed } = m.t
      const { address, slot } = warm[warmed]!
      const chain = c.warm.get(warm) ?? warmChain(warm)
      words(slot !== undefined, address, slot ?? 0n, chain[warmed + 1]!)
    },
    authorization() {
      const { authorizations, authorized } = m.t
      const { chainId, address, nonce, yParity, r, s } = authorizations[authorized]!
      const chain = c.authorizations.get(authorizations) ?? authorizationChain(authorizations)
      words(chainId, BigInt(address), nonce, yParity, r, s, chain[authorized + 1]!)
    },
    destroyed() {
      const { address, next } = m.t.destroyed!
      words(address, destroyedChain(next))
    },
    recordLeaf() {
      noteRange(witness(), recordsOf(c, m).tree, RECORDS_DEPTH, m.records.length, 1)
    },
  }
  return reads
}
