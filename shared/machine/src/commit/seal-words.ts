import type { Machine, MachineLog } from '../state/machine.ts'
import { microOp } from '../step/micro-op.ts'
import { receiptsBefore, receiptsRoot, transactionsBefore, transactionsRoot } from '../step/osp-seal/block-tries.ts'
import { indexAt } from '../step/osp-seal/key-order.ts'
import { openTrieHash } from '../step/osp-seal/open-trie.ts'
import { receiptHasher } from '../step/osp-seal/receipt-stream.ts'
import { LOG_PIECE } from '../step/sizes.ts'
import { hasherHash } from './hasher.ts'
import { logDataChain } from './log-data-chain.ts'
import type { MicroOpWords } from './micro-op-names.ts'
import { zeroWord } from './stack-chain.ts'

/** Roots in R: 0 until sealing has made them. */
export function sealRoots({ x, body }: Machine): {
  readonly transactionsRoot: Uint8Array
  readonly receiptsRoot: Uint8Array
} {
  const hasTransactions = x.op >= microOp.sealReceipt && x.op <= microOp.sealHeader
  return {
    transactionsRoot: hasTransactions ? transactionsRoot(body) : zeroWord,
    receiptsRoot: x.op === microOp.sealHeader ? receiptsRoot(body) : zeroWord,
  }
}

/** X of sealTransaction: what was sealed before. */
export function sealTransactionWords({ x, body }: Machine): MicroOpWords {
  return { i: x.i, a0: openTrieHash(transactionsBefore(body, x.i)) }
}

/** X of sealReceipt. */
export function sealReceiptWords({ x, body }: Machine): MicroOpWords {
  return { i: x.i, a0: openTrieHash(receiptsBefore(body, x.i)) }
}

/** X of sealLog: before log X.n of the receipt. */
export function sealLogWords(m: Machine): MicroOpWords {
  const { i, n } = m.x
  return { ...sealReceiptWords(m), a1: n, hasher: hasherHash(receiptHasher(m, i, n)) }
}

/** X of sealLogData: before the last X.srcLen bytes of that log's data. */
export function sealLogDataWords(m: Machine): MicroOpWords {
  const { i, n, srcLen } = m.x
  const log = m.records[indexAt(i, m.records.length)]![n]!
  return {
    ...sealReceiptWords(m),
    a1: n,
    hasher: hasherHash(receiptHasher(m, i, n, srcLen)),
    sourceRoot: chainsOf(log)[(log.data.length - srcLen) / LOG_PIECE]!,
    sourceLength: srcLen,
  }
}

const known = new WeakMap<MachineLog, Uint8Array[]>()

/** Entry i: the chain of a log's pieces from piece i on. */
function chainsOf(log: MachineLog): Uint8Array[] {
  let chains = known.get(log)
  if (chains === undefined) {
    chains = [zeroWord]
    const { data } = log
    for (let start = LOG_PIECE * (Math.ceil(data.length / LOG_PIECE) - 1); start >= 0; start -= LOG_PIECE)
      chains.unshift(logDataChain(data, start, Math.min(start + LOG_PIECE, data.length), chains[0]!))
    known.set(log, chains)
  }
  return chains
}
