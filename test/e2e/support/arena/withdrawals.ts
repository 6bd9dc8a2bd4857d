import { createSimulator } from '@crema/execution'
import { l2ToL1MessagePasserAbi, portalAbi } from '@crema/l1'
import { commit, encodeStorageValue, put } from '@crema/machine'
import { type Address, type BlockState, bytesToHex, type Hash, type Hex, predeploys } from '@crema/protocol'
import { encodeAbiParameters, encodeFunctionData, keccak256, type Log } from 'viem'
import { getWithdrawalHashStorageSlot, getWithdrawals } from 'viem/op-stack'
import { slotPath } from '../../conformance/gas/keys.ts'
import { createMemoryStore } from '../../conformance/memory-store.ts'
import type { Arena, Contender } from './arena.ts'
import type { AnyCall } from './send.ts'

/** A message from L2 to L1. */
export type Withdrawal = ReturnType<typeof getWithdrawals>[number]

/** A state of L2 in whose message passer a withdrawal is, with the nodes that show it. */
export interface WithdrawalProof {
  readonly end: BlockState
  readonly nodes: readonly Hex[]
}

/** Calldata of the message passer for a withdrawal of whatever ether comes along. */
export const withdrawTo = (target: Address): Hex =>
  encodeFunctionData({
    ...{ abi: l2ToL1MessagePasserAbi, functionName: 'initiateWithdrawal', args: [target, 50_000n, '0x'] },
  })

/** The withdrawals that the right blocks of an arena initiate, in order, as their receipts tell. */
export function withdrawalsOf({ blocks, rollup }: Arena): Withdrawal[] {
  const numbers = Array.from({ length: blocks.count }, (_, b) => blocks.block(b).before.number + 1n)
  const logs = numbers.flatMap((number) =>
    rollup.node.store.blockByNumber(number)!.receipts.flatMap(({ logs }) => logs),
  )
  return getWithdrawals({ logs: logs as unknown as Log[] })
}

/** Shows a withdrawal in a state that the node has. */
export async function proofOf({ rollup }: Arena, end: BlockState, { withdrawalHash }: Withdrawal) {
  const { store, config } = rollup.node
  const simulator = createSimulator({ config: config.l2, state: store, blockHash: () => undefined })
  const slot = getWithdrawalHashStorageSlot({ withdrawalHash })
  const { storageProof } = await simulator.proof(end.stateRoot, predeploys.l2ToL1MessagePasser, [slot])
  return { end, nodes: storageProof[0]!.proof } satisfies WithdrawalProof
}

/** A withdrawal that nobody made. */
export function invent(words: Omit<Withdrawal, 'withdrawalHash'>): Withdrawal {
  const { nonce, sender, target, value, gasLimit, data } = words
  const types = ['uint256', 'address', 'address', 'uint256', 'uint256', 'bytes'].map((type) => ({ type }))
  const withdrawalHash = keccak256(encodeAbiParameters(types, [nonce, sender, target, value, gasLimit, data]))
  return { ...words, withdrawalHash }
}

/** A storage root under which a withdrawal alone is, with the nodes that show it. */
export function forge({ withdrawalHash }: Withdrawal): { readonly root: Hash; readonly nodes: readonly Hex[] } {
  const slot = BigInt(getWithdrawalHashStorageSlot({ withdrawalHash }))
  const trie = put(createMemoryStore(), undefined, slotPath(slot), encodeStorageValue(1n))
  const { root, nodes } = commit(trie)
  return { root: bytesToHex(root), nodes: [...nodes.values()].map(bytesToHex) }
}

/** Proves a withdrawal under an assertion of the state that shows it. */
export function proveCall(
  { rollup }: Arena,
  { id }: Pick<Contender, 'id'>,
  withdrawal: Withdrawal,
  { end, nodes }: WithdrawalProof,
): AnyCall {
  const outputRootProof = {
    version: `0x${'00'.repeat(32)}`,
    stateRoot: end.stateRoot,
    messagePasserStorageRoot: end.withdrawalsRoot,
    latestBlockhash: end.blockHash,
  } as const
  const args = [withdrawal, BigInt(id), outputRootProof, nodes] as const
  const data = encodeFunctionData({ abi: portalAbi, functionName: 'proveWithdrawalTransaction', args })
  return { to: rollup.config.l1Contracts.portal, data }
}

/** Pays a proven withdrawal on L1. */
export function finalizeCall({ rollup }: Arena, withdrawal: Withdrawal): AnyCall {
  const data = encodeFunctionData({ abi: portalAbi, functionName: 'finalizeWithdrawalTransaction', args: [withdrawal] })
  return { to: rollup.config.l1Contracts.portal, data }
}
