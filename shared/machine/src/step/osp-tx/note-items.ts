import type { Authorization } from '@crema/protocol'
import { authorizationChain } from '../../commit/authorization-chain.ts'
import { destroyedChain } from '../../commit/destroyed-chain.ts'
import { encodeWords } from '../../commit/encode-words.ts'
import { recordsOf } from '../../commit/run-words.ts'
import { warmChain } from '../../commit/warm-chain.ts'
import { RECORDS_DEPTH } from '../../commit/word-tree.ts'
import type { Machine } from '../../state/machine.ts'
import { note, noteRange, type Witness } from '../../state/witness.ts'

/** Notes the next item to be warmed and the chain behind it: isSlot, address, slot, rest. */
export function noteWarmItem(w: Witness, { t }: Machine): undefined {
  const { address, slot } = t.warm[t.warmed]!
  const rest = (w.committer.warm.get(t.warm) ?? warmChain(t.warm))[t.warmed + 1]!
  note(w, encodeWords([slot !== undefined, address, slot ?? 0n, rest]))
}

/** Notes the next authorization and the chain behind it: chainId, address, nonce, yParity, r, s, rest. */
export function noteAuthorization(w: Witness, { t }: Machine): undefined {
  const { chainId, address, nonce, yParity, r, s }: Authorization = t.authorizations[t.authorized]!
  const chain = w.committer.authorizations.get(t.authorizations) ?? authorizationChain(t.authorizations)
  const rest = chain[t.authorized + 1]!
  note(w, encodeWords([chainId, BigInt(address), nonce, yParity, r, s, rest]))
}

/** Notes the contract that destroyed itself last and the chain of those before: address, rest. */
export function noteDestroyed(w: Witness, { t }: Machine): undefined {
  const { address, next } = t.destroyed!
  note(w, encodeWords([address, destroyedChain(next)]))
}

/** Notes the empty leaf of the records' tree that the next record takes, and its proof. */
export function noteRecordLeaf(w: Witness, m: Machine): undefined {
  noteRange(w, recordsOf(w.committer, m).tree, RECORDS_DEPTH, m.records.length, 1)
}
