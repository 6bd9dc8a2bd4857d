import { type Address, bytesToBigInt, bytesToHex, type Hash, type Hex, hexToBytes } from '@crema/protocol'
import { createMerkleProof } from '@ethereumjs/mpt'
import { RLP } from '@ethereumjs/rlp'
import { EMPTY_CODE, EMPTY_ROOT } from '../state/account.ts'
import { NodeOverlay } from '../state/node-overlay.ts'
import type { StateCache } from '../state/state-cache.ts'
import { openTrie } from '../state/trie.ts'
import type { AccountProof, AccountState } from '../types.ts'

/** The account at `address`, undefined when there is none. */
export async function readAccount(cache: StateCache, root: Hash, address: Address): Promise<AccountState | undefined> {
  const rlp = await openTrie(new NodeOverlay(cache), hexToBytes(root)).get(hexToBytes(address))
  if (rlp === null) return undefined
  const [nonce, balance, storageRoot, codeHash] = RLP.decode(rlp) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  return {
    nonce: bytesToBigInt(nonce),
    balance: bytesToBigInt(balance),
    storageRoot: bytesToHex(storageRoot),
    codeHash: bytesToHex(codeHash),
  }
}

/** Value of a storage slot, 0 when it was never written. */
export async function readSlot(cache: StateCache, storageRoot: Hash, slot: Hash): Promise<bigint> {
  const rlp = await openTrie(new NodeOverlay(cache), hexToBytes(storageRoot)).get(hexToBytes(slot))
  return rlp === null ? 0n : bytesToBigInt(RLP.decode(rlp) as Uint8Array)
}

/** EIP-1186: nodes from the root towards the account and each slot; they show absence as well as presence. */
export async function proveAccount(
  cache: StateCache,
  root: Hash,
  address: Address,
  slots: readonly Hash[],
): Promise<AccountProof> {
  const account = (await readAccount(cache, root, address)) ?? {
    nonce: 0n,
    balance: 0n,
    storageRoot: bytesToHex(EMPTY_ROOT),
    codeHash: bytesToHex(EMPTY_CODE),
  }
  const storageProof: { key: Hash; value: bigint; proof: Hex[] }[] = []
  for (const key of slots) {
    const value = await readSlot(cache, account.storageRoot, key)
    storageProof.push({ key, value, proof: await prove(cache, account.storageRoot, key) })
  }
  return { ...account, accountProof: await prove(cache, root, address), storageProof }
}

async function prove(cache: StateCache, root: Hash, key: Hex): Promise<Hex[]> {
  const nodes = await createMerkleProof(openTrie(new NodeOverlay(cache), hexToBytes(root)), hexToBytes(key))
  // A node shorter than a hash stands inside its parent already; only the root may be short and stand alone.
  return nodes.filter((node, i) => i === 0 || node.length >= 32).map(bytesToHex)
}
