import {
  type Address,
  type BlockInput,
  bytesToHex,
  CremaError,
  hexToBytes,
  type L2ChainConfig,
  type StateReader,
} from '@crema/protocol'
import { ExecutionError } from '../errors.ts'
import { JournaledState } from '../state/journaled-state.ts'
import { createStateCache } from '../state/state-cache.ts'
import type { ExecutionResult, Executor, SealedHeader } from '../types.ts'
import { createL2Common } from '../vm/common.ts'
import { createL2Engine, type Engine } from '../vm/engine.ts'
import { nextBaseFee } from './base-fee.ts'
import { blockHashFromState } from './block-hash.ts'
import { executeBody } from './execute-block.ts'
import { sealBlock } from './seal-block.ts'

/** What an executor needs: the chain's parameters, the stored state, and the deposits' source on L1. */
export interface ExecutorPorts {
  readonly config: L2ChainConfig
  readonly state: StateReader
  readonly portal: Address
}

/**
 * Makes the executor that runs @ethereumjs/evm. The caller stores an {@link ExecutionResult}'s writes before the next call. While each
 * block continues the one before, accounts, storage and trie nodes stay in memory; otherwise they are read anew. Throws
 * `MissingStateError` for an absent trie node, `ExecutionError` `NOT_THE_NEXT_BLOCK` for a number that does not follow the parent's, `BUSY` for
 * a call during another and `ENGINE_FAILED` for a defect; nothing is changed then.
 */
export function createExecutor(ports: ExecutorPorts): Executor {
  const state = new JournaledState(createStateCache(ports.state))
  let engine: Promise<Engine> | undefined
  let usable = false
  let busy = false

  async function execute(parent: SealedHeader, input: BlockInput): Promise<ExecutionResult> {
    if (!usable || bytesToHex(state.root) !== parent.stateRoot) state.reset(hexToBytes(parent.stateRoot))
    usable = false
    engine ??= createL2Engine(createL2Common(ports.config), state, (number) => blockHashFromState(state, number))
    const body = await executeBody(await engine, ports, parent, input)
    const block = await sealBlock(
      state,
      {
        parentHash: parent.hash,
        number: input.number,
        gasLimit: ports.config.blockGasLimit,
        timestamp: input.timestamp,
        mixHash: input.prevRandao,
        baseFeePerGas: nextBaseFee(parent, ports.config),
        parentBeaconBlockRoot: input.origin.hash,
      },
      body,
    )
    const writes = state.takeWrites()
    usable = true
    return { block, writes }
  }

  return {
    async executeBlock(parent, input) {
      if (input.number !== parent.number + 1n) {
        throw new ExecutionError('NOT_THE_NEXT_BLOCK', `block ${input.number} does not follow ${parent.number}`, {
          details: { parent: parent.number, number: input.number },
        })
      }
      if (busy) throw new ExecutionError('BUSY', 'executeBlock is running; calls must not overlap')
      busy = true
      try {
        return await execute(parent, input)
      } catch (cause) {
        // What broke off in the middle leaves checkpoints open: the next call gets another engine.
        engine = undefined
        if (cause instanceof CremaError) throw cause
        throw new ExecutionError('ENGINE_FAILED', `the engine failed in block ${input.number}`, {
          details: { number: input.number, parent: parent.hash },
          cause,
        })
      } finally {
        busy = false
      }
    },
  }
}
