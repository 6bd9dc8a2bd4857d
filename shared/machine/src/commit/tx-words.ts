import type { Machine, TxSection } from '../state/machine.ts'
import { rootHash } from '../trie/hash.ts'
import { authorizationChain } from './authorization-chain.ts'
import { type Committer, digestOf } from './committer.ts'
import { destroyedChain } from './destroyed-chain.ts'
import { encodeWords } from './encode-words.ts'
import { addToBloom, createLogsBloom } from './logs-bloom.ts'
import { createLogsTree, logsTotal } from './logs-tree.ts'
import { bufferTree } from './memory-tree.ts'
import type { LogsTotal } from './memos.ts'
import { warmChain } from './warm-chain.ts'
import { wordTreeRoot } from './word-tree.ts'

/** Words of section T. */
export const TX_WORDS = 36

/** The words of section T while it is in use (docs/protocol/machine.md, Commitments). */
export function txWords(c: Committer, { t }: Machine): Uint8Array {
  const logs = logsOf(c, t)
  return encodeWords([
    t.type,
    t.origin,
    t.nonce,
    t.gasLimit,
    t.gasPrice,
    t.tip,
    t.feeCap,
    t.value,
    t.to === undefined,
    t.to ?? 0n,
    wordTreeRoot(bufferTree(c, t.raw.buffer)),
    t.raw.length,
    digestOf(c, t.raw),
    t.data.length === 0 ? 0 : t.data.byteOffset,
    t.data.length,
    t.intrinsicGas,
    t.floorGas,
    warmOf(c, t)[t.warmed]!,
    authorizationsOf(c, t)[t.authorized]!,
    rootHash(t.startState),
    t.refund,
    destroyedChain(t.destroyed),
    t.logs.length,
    logs.size,
    logs.root,
    t.success,
    t.gasLeft,
    t.gasUsed,
    bloomOf(c, t),
  ])
}

/** What the first `count` logs of the transaction come to. */
export function logsOf(c: Committer, { logs }: TxSection, count: number = logs.length): LogsTotal {
  let known = c.logs.get(logs)
  if (known === undefined) {
    known = createLogsTree()
    c.logs.set(logs, known)
  }
  return logsTotal(known, logs, count)
}

function warmOf(c: Committer, { warm }: TxSection): Uint8Array[] {
  let chain = c.warm.get(warm)
  if (chain === undefined) {
    chain = warmChain(warm)
    c.warm.set(warm, chain)
  }
  return chain
}

function authorizationsOf(c: Committer, { authorizations }: TxSection): Uint8Array[] {
  let chain = c.authorizations.get(authorizations)
  if (chain === undefined) {
    chain = authorizationChain(authorizations)
    c.authorizations.set(authorizations, chain)
  }
  return chain
}

function bloomOf(c: Committer, { logs, bloomed }: TxSection): Uint8Array {
  if (c.bloom === undefined || c.bloom.of !== logs || c.bloom.count > bloomed) c.bloom = createLogsBloom(logs)
  addToBloom(c.bloom, bloomed)
  return c.bloom.bloom
}
