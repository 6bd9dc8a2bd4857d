import type { Hash } from '@crema/protocol'
import { outputRoot, predeploys } from '@crema/protocol'
import { encodeAbiParameters, keccak256, parseAbi, parseEventLogs } from 'viem'
import type { Method, RpcContext } from '../../context.ts'
import { rpcError } from '../../errors.ts'
import { quantities } from '../../format/quantity.ts'
import { blockId } from '../../params/block-id.ts'
import { count, hash, optional, required } from '../../params/primitives.ts'
import { findReceipt } from '../../state/find-transaction.ts'
import { resolveHeader } from '../../state/resolve-block.ts'

const events = parseAbi([
  'event MessagePassed(uint256 indexed nonce, address indexed sender, address indexed target, uint256 value, uint256 gasLimit, bytes data, bytes32 withdrawalHash)',
])

/**
 * `rollup_getWithdrawalProof(txHash, index, block)`: the withdrawal that the transaction's `index`-th `MessagePassed` event names,
 * the parts of the block's output root, and the proof that the message passer holds it. `block` defaults to `finalized`. Throws
 * `-32001` when there is no such withdrawal or the block is older than it.
 */
export const getWithdrawalProof: Method = async (context, params) => {
  const withdrawal = findWithdrawal(context, required(params, 0, hash), optional(params, 1, count, 0))
  const header = resolveHeader(context, optional(params, 2, blockId, { kind: 'tag', tag: 'finalized' }))
  const { stateRoot, withdrawalsRoot, hash: blockHash } = header
  if (withdrawalsRoot === undefined) throw rpcError('notFound', 'output root')
  const slot = keccak256(
    encodeAbiParameters([{ type: 'bytes32' }, { type: 'uint256' }], [withdrawal.withdrawalHash, 0n]),
  )
  const proof = await context.simulator.proof(stateRoot, predeploys.l2ToL1MessagePasser, [slot])
  const [storage] = proof.storageProof
  if (storage === undefined || storage.value === 0n) throw rpcError('notFound', 'withdrawal at that block')
  return quantities({
    withdrawal,
    blockNumber: header.number,
    outputRoot: outputRoot({ stateRoot, withdrawalsRoot, blockHash }),
    outputRootProof: {
      version: `0x${'00'.repeat(32)}`,
      stateRoot,
      messagePasserStorageRoot: withdrawalsRoot,
      latestBlockhash: blockHash,
    },
    withdrawalProof: storage.proof,
  })
}

function findWithdrawal(context: RpcContext, txHash: Hash, index: number) {
  const receipt = findReceipt(context.chain, txHash)
  const logs = (receipt?.logs ?? []).filter((log) => log.address === predeploys.l2ToL1MessagePasser)
  const parsed = parseEventLogs({ abi: events, logs: logs as never, strict: true }) as unknown as readonly {
    readonly args: {
      readonly nonce: bigint
      readonly sender: string
      readonly target: string
      readonly value: bigint
      readonly gasLimit: bigint
      readonly data: string
      readonly withdrawalHash: Hash
    }
  }[]
  const found = parsed[index]
  if (found === undefined) throw rpcError('notFound', 'withdrawal')
  const { sender, target } = found.args
  return { ...found.args, sender: sender.toLowerCase(), target: target.toLowerCase() }
}
