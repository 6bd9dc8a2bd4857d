import { encodeReceipt } from '@crema/protocol'
import type { BlockBody } from '../../state/machine.ts'
import { emptyRoot } from '../../trie/node.ts'
import { indexAt, leafPlace } from './key-order.ts'
import { addLeaf, emptyOpenTrie, leafRef, type OpenTrie } from './open-trie.ts'

/** The open trie before each position, and the root behind the last leaf. */
interface Progress {
  readonly before: OpenTrie[]
  root: Uint8Array | undefined
}

/** What a block's sealing has come to so far: later positions go on from earlier ones. Dropped with the block's body. */
const transactions = new WeakMap<BlockBody, Progress>()
const receipts = new WeakMap<BlockBody, Progress>()

/** The open trie of the transactions before `position` in key order. The body must be complete. */
export function transactionsBefore(body: BlockBody, position: number): OpenTrie {
  return advance(transactions, body, rawAt, position).before[position]!
}

/** The open trie of the receipts before `position` in key order. */
export function receiptsBefore(body: BlockBody, position: number): OpenTrie {
  return advance(receipts, body, receiptAt, position).before[position]!
}

/** transactionsRoot of a complete body. */
export function transactionsRoot(body: BlockBody): Uint8Array {
  return advance(transactions, body, rawAt, body.transactions.length).root ?? emptyRoot
}

/** receiptsRoot of a complete body. */
export function receiptsRoot(body: BlockBody): Uint8Array {
  return advance(receipts, body, receiptAt, body.receipts.length).root ?? emptyRoot
}

function advance(
  memo: WeakMap<BlockBody, Progress>,
  body: BlockBody,
  valueAt: (body: BlockBody, index: number) => Uint8Array,
  position: number,
): Progress {
  let progress = memo.get(body)
  if (progress === undefined) {
    progress = { before: [emptyOpenTrie], root: undefined }
    memo.set(body, progress)
  }
  const count = body.transactions.length
  for (let i = progress.before.length - 1; i < position; i++) {
    const place = leafPlace(i, count)
    const { open, root } = addLeaf(progress.before[i]!, place, leafRef(place, valueAt(body, indexAt(i, count))))
    progress.before.push(open)
    progress.root = root
  }
  return progress
}

function rawAt(body: BlockBody, index: number): Uint8Array {
  return body.transactions[index]!.raw
}

function receiptAt(body: BlockBody, index: number): Uint8Array {
  return encodeReceipt(body.receipts[index]!)
}
