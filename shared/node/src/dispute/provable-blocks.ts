import type { BlockPosition, ChainStore } from '@crema/chain-store'
import type { AssertionContext, ProvableBlock } from '@crema/machine'
import {
  type BlockState,
  blockStatus,
  type Deposit,
  depositHash,
  type Hash,
  type RollupConfig,
  rootOf,
  stateHash,
} from '@crema/protocol'
import { ownAssertionEnd, ownEndState } from '../assertion/own-state.ts'
import { createDepositCounts } from './deposit-count.ts'
import { EvidenceError } from './errors.ts'
import { depositLeaves, inboxLeaves } from './stored-leaves.ts'
import { createStoredTree } from './stored-tree.ts'

/** What the children of an assertion are judged against, as L1 has it. */
export interface DisputeTerms {
  /** Hash of the state they begin with: the parent's end with status BLOCK_END and no gas. Given, it must be this node's own. */
  readonly startHash?: Hash
  /** Leaves that the parent consumed. */
  readonly startInboxCount: bigint
  readonly targetCount: bigint
  /** Root of the Inbox over the target's leaves. */
  readonly inboxRoot: Hash
}

/** The blocks of an assertion as this node has them, each with all that its proofs need. */
export interface ProvableBlocks {
  readonly terms: DisputeTerms
  /** Blocks of the one right assertion. */
  readonly count: number
  /** Its end. */
  readonly end: BlockState
  readonly assertion: AssertionContext
  /** Block `b`, from the store. Throws {@link EvidenceError}, also when L1 took back meanwhile what it needs. */
  block(b: number): ProvableBlock
  /** What it costs to run block `b`, in gas. */
  weight(b: number): number
}

/** The disputes that a node can take part in. */
export interface DisputeInputs {
  /**
   * Finds the blocks of the right child under these terms. Waits for the node's trees over leaves and deposits, which takes about a second for
   * 100,000 leaves when the node has just started. Throws {@link EvidenceError}.
   */
  open(terms: DisputeTerms): Promise<ProvableBlocks>
}

/** What a block costs beside its gas. */
const BLOCK_WEIGHT = 100_000

/** Reads the inputs of disputes from a node's own store: nothing is taken from a peer or asked of L1. */
export function createDisputeInputs(store: ChainStore, config: RollupConfig): DisputeInputs {
  const inbox = createStoredTree(inboxLeaves(store))
  const deposits = createStoredTree(depositLeaves(store))
  const depositCounts = createDepositCounts(store, deposits)
  const genesis = store.genesis().number

  return {
    async open(terms) {
      const { startInboxCount, targetCount } = terms
      if (!(await inbox.read(Number(targetCount)))) throw missingLeaf(store.leafCount())
      await deposits.read(Number(store.depositCount()))
      requireInbox(inbox.root(Number(targetCount)), terms.inboxRoot, targetCount)
      const limits = { maxBlocks: config.maxBlocksPerAssertion, maxGas: config.maxGasPerAssertion }
      const right = ownAssertionEnd(store, { startCount: startInboxCount, targetCount, ...limits })
      const end = right && ownEndState(store, startInboxCount, right.inboxCount)
      if (end === undefined) throw missingBlock(store.heads().latest.number + 1n)
      const startGas = positionOf(genesis + startInboxCount).gasSinceGenesis
      const found = stateHash(stateBefore(startInboxCount, startGas))
      if (terms.startHash !== undefined && found !== terms.startHash) {
        throw new EvidenceError('OTHER_PARENT', 'this node begins the assertion with another state', {
          details: { own: found, asserted: terms.startHash, startInboxCount },
        })
      }
      const count = Number(end.inboxCount - startInboxCount)
      const requireBlock = (b: number): bigint => {
        if (Number.isInteger(b) && b >= 0 && b < count) return startInboxCount + BigInt(b)
        throw new EvidenceError('NO_SUCH_BLOCK', `the assertion has ${count} blocks`, { details: { block: b, count } })
      }
      const assertion: AssertionContext = { startInboxCount, targetCount, ...limits }
      return {
        terms,
        count,
        end,
        assertion,
        block: (b) => provableBlock(requireBlock(b), startGas, terms, assertion),
        weight(b) {
          const index = requireBlock(b)
          const used = positionOf(genesis + index + 1n).gasSinceGenesis - positionOf(genesis + index).gasSinceGenesis
          return Number(used) + BLOCK_WEIGHT
        },
      }
    },
  }

  function provableBlock(
    index: bigint,
    startGas: bigint,
    terms: DisputeTerms,
    assertion: AssertionContext,
  ): ProvableBlock {
    const posted = store.leaf(index)
    if (posted === undefined) throw missingLeaf(index)
    const { leaf, leafHash, payload } = posted
    const number = genesis + index + 1n
    if (positionOf(number).leafHash !== leafHash) throw missingBlock(number, index)
    const leafSiblings = inbox.proof(Number(index), Number(terms.targetCount))
    requireInbox(rootOf(leafHash, index, leafSiblings), terms.inboxRoot, terms.targetCount)
    const read = depositsOf(leaf.depositStart, leaf.depositEnd)
    const depositCount = read.length === 0 ? 0 : depositCounts.of(posted)
    return {
      before: stateBefore(index, startGas),
      parent: store.headerByNumber(number - 1n)!,
      leaf,
      leafSiblings,
      payload,
      deposits: read,
      depositSiblings: read.map((deposit) => depositSiblings(deposit, depositCount, leaf.depositRoot)),
      config: config.l2,
      portal: config.l1Contracts.portal,
      assertion,
    }
  }

  /** State after `inboxCount` leaves, as the next block of the assertion begins with it. */
  function stateBefore(inboxCount: bigint, startGas: bigint): BlockState {
    const { gasSinceGenesis } = positionOf(genesis + inboxCount)
    const header = store.headerByNumber(genesis + inboxCount)!
    return {
      number: header.number,
      blockHash: header.hash,
      stateRoot: header.stateRoot,
      withdrawalsRoot: header.withdrawalsRoot!,
      inboxCount,
      gasSinceAssertionStart: gasSinceGenesis - startGas,
      status: blockStatus.blockEnd,
    }
  }

  function depositsOf(start: bigint, end: bigint): Deposit[] {
    if (end <= store.depositCount()) return store.deposits(start, end)
    throw new EvidenceError('MISSING_DEPOSIT', `deposits below ${end} are not stored`, {
      details: { start, end, stored: store.depositCount() },
      retryable: true,
    })
  }

  function depositSiblings(deposit: Deposit, count: number, root: Hash): Hash[] {
    const siblings = deposits.proof(Number(deposit.index), count)
    if (rootOf(depositHash(deposit), deposit.index, siblings) === root) return siblings
    throw new EvidenceError('OTHER_DEPOSITS', `deposit ${deposit.index} is not under its leaf's root`, {
      details: { index: deposit.index, depositRoot: root },
      retryable: true,
    })
  }

  function positionOf(number: bigint): BlockPosition {
    const position = store.barePosition(number)
    if (position === undefined) throw missingBlock(number)
    return position
  }
}

function requireInbox(own: Hash, expected: Hash, targetCount: bigint): void {
  if (own === expected) return
  throw new EvidenceError('OTHER_INBOX', 'the stored leaves are not those of the target', {
    details: { own, target: expected, targetCount },
    retryable: true,
  })
}

function missingLeaf(index: bigint): EvidenceError {
  return new EvidenceError('MISSING_LEAF', `leaf ${index} is not stored`, { details: { index }, retryable: true })
}

function missingBlock(number: bigint, index?: bigint): EvidenceError {
  const message = `block ${number} is not executed from its leaf`
  return new EvidenceError('MISSING_BLOCK', message, { details: { number, index }, retryable: true })
}
