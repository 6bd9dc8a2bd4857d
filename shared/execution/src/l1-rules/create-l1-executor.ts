import { bytesToHex, type StateReader, type StateWrites } from '@crema/protocol'
import { type Block, createBlockFromRLP } from '@ethereumjs/block'
import { type Blockchain, createBlockchain } from '@ethereumjs/blockchain'
import { createEVM } from '@ethereumjs/evm'
import type { VM } from '@ethereumjs/vm'
import { createVM, runBlock } from '@ethereumjs/vm'
import { InvalidBlockError, MissingStateError } from '../errors.ts'
import { JournaledState } from '../state/journaled-state.ts'
import { createStateCache } from '../state/state-cache.ts'
import type { FastCommon } from '../vm/common.ts'
import { peekHeader } from './peek-header.ts'
import { refuseFailedSystemCalls } from './refuse-failed-system-calls.ts'

/** What rule set `l1` runs on: a chain's rules with its schedule of forks, the stored state, and the first block's RLP. */
export interface L1ExecutorPorts {
  readonly common: FastCommon
  readonly state: StateReader
  readonly genesis: Uint8Array
}

/** A block that was imported, and the state it added. */
export interface L1Import {
  readonly hash: `0x${string}`
  readonly stateRoot: `0x${string}`
  readonly writes: StateWrites
}

/** Rule set `l1`: plain Ethereum blocks, with withdrawals, burned base fee, coinbase and requests. */
export interface L1Executor {
  readonly genesisHash: `0x${string}`
  /**
   * Validates and executes a block whose parent was imported before. Throws `InvalidBlockError` for a block that Ethereum refuses
   * and `MissingStateError` for an absent trie node; the block is not part of the chain then.
   */
  importBlock(rlp: Uint8Array): Promise<L1Import>
}

/**
 * Makes the executor for rule set `l1`. Headers, bodies and requests are validated by @ethereumjs; state, caches, primitives and rules
 * object are those of rule set `l2`, which is what makes Ethereum's test corpora an oracle for them.
 */
export async function createL1Executor(ports: L1ExecutorPorts): Promise<L1Executor> {
  const rules = createRulesByFork(ports.common)
  const state = new JournaledState(createStateCache(ports.state))
  const genesis = createBlockFromRLP(ports.genesis, { common: rules(0n, 0n), setHardfork: false })
  const chain = await createBlockchain({ common: ports.common, genesisBlock: genesis, validateBlocks: false })
  const vm = await createMachine(ports.common, state, chain)
  state.reset(genesis.header.stateRoot)
  let usable = true

  async function execute(block: Block): Promise<StateWrites> {
    const parent = await chain.getBlock(block.header.parentHash)
    if (!usable || bytesToHex(state.root) !== bytesToHex(parent.header.stateRoot)) {
      state.reset(parent.header.stateRoot)
    }
    usable = false
    ports.common.setHardfork(block.common.hardfork())
    await chain.validateBlock(block)
    await runBlock(vm, { block, skipHeaderValidation: true, validateBlockSize: true })
    const writes = state.takeWrites()
    await chain.putBlock(block)
    usable = true
    return writes
  }

  return {
    genesisHash: bytesToHex(genesis.hash()),
    async importBlock(rlp) {
      try {
        const block = decodeBlock(rlp, rules)
        const writes = await execute(block)
        return { hash: bytesToHex(block.hash()), stateRoot: bytesToHex(block.header.stateRoot), writes }
      } catch (cause) {
        if (cause instanceof MissingStateError || cause instanceof TypeError) throw cause
        throw new InvalidBlockError('INVALID_BLOCK', cause instanceof Error ? cause.message : String(cause), { cause })
      }
    },
  }
}

type Rules = (number: bigint, timestamp: bigint) => FastCommon

/** One rules object per fork, because blocks keep a reference to theirs. */
function createRulesByFork(common: FastCommon): Rules {
  const byFork = new Map<string, FastCommon>()
  return (number, timestamp) => {
    const fork = common.getHardforkBy({ blockNumber: number, timestamp })
    let rules = byFork.get(fork)
    if (rules === undefined) {
      rules = common.copy()
      rules.setHardfork(fork)
      byFork.set(fork, rules)
    }
    return rules
  }
}

/** The fork depends on number and timestamp, so the header is read leniently first. */
function decodeBlock(rlp: Uint8Array, rules: Rules): Block {
  const { number, timestamp } = peekHeader(rlp)
  return createBlockFromRLP(rlp, { common: rules(number, timestamp), setHardfork: false })
}

async function createMachine(common: FastCommon, state: JournaledState, blockchain: Blockchain): Promise<VM> {
  const evm = await createEVM({ common, stateManager: state, blockchain })
  refuseFailedSystemCalls(evm)
  return createVM({ common, stateManager: state, blockchain, evm })
}
