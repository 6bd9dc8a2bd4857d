/**
 * Writes shared/protocol/vectors/withdrawals.json: storage proofs of L2ToL1MessagePasser from real Merkle-Patricia tries, in both
 * framings in use: every node an element (the OP Stack's) and hashed nodes only (eth_getProof's). `--check` compares instead.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMerkleProof, createMPT } from '@ethereumjs/mpt'
import { bytesToHex, encodeAbiParameters, type Hex, hexToBytes, numberToHex, toRlp } from 'viem'
import { keccak256 } from '../shared/protocol/src/keccak.ts'

interface Withdrawal {
  readonly nonce: Hex
  readonly sender: Hex
  readonly target: Hex
  readonly value: Hex
  readonly gasLimit: Hex
  readonly data: Hex
}

const path = join(import.meta.dirname, '../shared/protocol/vectors/withdrawals.json')
const version = 1n << 240n

/** The `index`-th message of a chain; small and large data, plain and odd values. */
function withdrawal(index: number): Withdrawal {
  return {
    nonce: numberToHex(version + BigInt(index)),
    sender: `0x${(0xa11ce000 + (index % 7)).toString(16).padStart(40, '0')}`,
    target: `0x${(0xb0b000 + (index % 5)).toString(16).padStart(40, '0')}`,
    value: numberToHex(BigInt(index % 3) * 10n ** 15n),
    gasLimit: numberToHex(21_000 + index),
    data: index % 4 === 0 ? '0x' : `0x${'ab'.repeat(index % 200)}`,
  }
}

function hashOf(message: Withdrawal): Uint8Array {
  const types = ['uint256', 'address', 'address', 'uint256', 'uint256', 'bytes'] as const
  const values = [
    BigInt(message.nonce),
    message.sender,
    message.target,
    BigInt(message.value),
    BigInt(message.gasLimit),
    message.data,
  ] as const
  return keccak256(
    hexToBytes(
      encodeAbiParameters(
        types.map((type) => ({ type })),
        values,
      ),
    ),
  )
}

const slotOf = (hash: Uint8Array): Uint8Array => keccak256(new Uint8Array([...hash, ...new Uint8Array(32)]))

/** Storage trie of the message passer after `messages`, with the nonce in slot 1. */
async function trieOf(messages: readonly Withdrawal[]) {
  const trie = await createMPT({ useKeyHashing: true })
  for (const message of messages) await trie.put(slotOf(hashOf(message)), Uint8Array.of(1))
  await trie.put(hexToBytes(numberToHex(1, { size: 32 })), hexToBytes(toRlp(numberToHex(messages.length))))
  return trie
}

async function vector(name: string, messages: readonly Withdrawal[], index: number) {
  const message = messages[index]!
  const trie = await trieOf(messages)
  const hash = hashOf(message)
  const nodes = await createMerkleProof(trie, slotOf(hash))
  const every = nodes.map((node) => bytesToHex(node))
  const hashed = every.filter((node, i) => i === 0 || node.length >= 2 + 64)
  return {
    name,
    withdrawal: message,
    hash: bytesToHex(hash),
    slot: bytesToHex(slotOf(hash)),
    storageRoot: bytesToHex(trie.root()),
    inline: every.length !== hashed.length,
    everyNode: every,
    hashedNodes: hashed,
  }
}

/**
 * Two messages whose trie keys agree in exactly `nibbles` nibbles. Their leaves are then so short that the branch above holds
 * them inline: 8 leaves 55 nibbles, an odd path; 9 leaves 54, an even one.
 */
function inlinePair(nibbles: number): readonly [number, number] {
  const seen = new Map<string, { readonly index: number; readonly next: string }>()
  for (let index = 1_000; ; index++) {
    const key = bytesToHex(keccak256(slotOf(hashOf(withdrawal(index))))).slice(2)
    const prefix = key.slice(0, nibbles)
    const next = key[nibbles]!
    const other = seen.get(prefix)
    if (other !== undefined && other.next !== next) return [other.index, index]
    seen.set(prefix, { index, next })
  }
}

const range = (length: number): Withdrawal[] => Array.from({ length }, (_, index) => withdrawal(index))
// Found by inlinePair(8) and inlinePair(9); `--search` finds them again.
const pairs = { odd: [58_248, 80_117], even: [191_715, 383_564] } as const

if (process.argv.includes('--search')) {
  console.log({ odd: inlinePair(8), even: inlinePair(9) })
} else {
  const cases = [
    await vector('only message', range(1), 0),
    await vector('second of two', range(2), 1),
    await vector('among twenty', range(20), 13),
    await vector('among five hundred', range(500), 377),
    await vector('inline leaf, odd path', [...range(40), ...pairs.odd.map(withdrawal)], 40),
    await vector('inline leaf, even path', [...range(40), ...pairs.even.map(withdrawal)], 41),
  ]
  const text = `${JSON.stringify({ count: cases.length, cases }, null, 2)}\n`
  if (!process.argv.includes('--check')) writeFileSync(path, text)
  else if (readFileSync(path, 'utf8') !== text)
    throw new Error('withdrawals.json is stale: run scripts/withdrawal-vectors.ts')
}
