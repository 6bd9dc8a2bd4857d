import type { StateReader } from '@crema/protocol'
import { createCaches } from '../state/caches.ts'
import { kind, noFrame } from '../state/frame.ts'
import { type Machine, type MicroOpSection, sourceKind, status, type TxSection } from '../state/machine.ts'
import type { Rules } from '../state/rules.ts'
import { microOp } from '../step/micro-op.ts'
import { openTrie } from '../trie/resolve.ts'

const nothing = new Uint8Array(0)

/** A machine between blocks, on the state with this root; nothing is read yet. */
export function createMachine(rules: Rules, store: StateReader, stateRoot: Uint8Array): Machine {
  return {
    rules,
    store,
    caches: createCaches(),
    witness: undefined,
    status: status.blockEnd,
    state: openTrie(stateRoot),
    b: {
      number: 0n,
      timestamp: 0n,
      coinbase: 0n,
      gasLimit: 0n,
      baseFee: 0n,
      prevRandao: 0n,
      blobBaseFee: 1n,
      cumulativeGas: 0n,
    },
    t: noTransaction(),
    f: noFrame(),
    callers: [],
    x: idle(),
    context: undefined,
    anchors: undefined,
    evidence: undefined,
    nextDeposit: 0,
    nextEntry: 0,
    body: { transactions: [], receipts: [], skipped: [] },
    records: [],
    sealed: undefined,
    steps: 0,
  }
}

function idle(): MicroOpSection {
  return {
    op: microOp.opcode,
    i: 0,
    n: 0,
    delegated: false,
    source: nothing,
    sourceKind: sourceKind.slice,
    srcOff: 0,
    srcLen: 0,
    dstOff: 0,
    topics: [],
    before: undefined,
    kind: kind.call,
    gas: 0,
    address: 0n,
    caller: 0n,
    value: 0n,
    codeAddress: 0n,
    isStatic: false,
    retOff: 0,
    retLen: 0,
  }
}

function noTransaction(): TxSection {
  return {
    type: 0,
    origin: 0n,
    nonce: 0n,
    gasLimit: 0,
    gasPrice: 0n,
    tip: 0n,
    feeCap: 0n,
    value: 0n,
    to: undefined,
    data: nothing,
    raw: nothing,
    intrinsicGas: 0,
    floorGas: 0,
    warm: [],
    warmed: 0,
    authorizations: [],
    authorized: 0,
    blobs: undefined,
    transaction: undefined,
    startState: undefined,
    scratch: undefined,
    refund: 0,
    destroyed: undefined,
    logs: [],
    bloomed: 0,
    success: false,
    gasLeft: 0,
    gasUsed: 0,
    output: nothing,
    created: undefined,
  }
}
