import { assertionChainAbi } from '@crema/l1'
import { type BlockState, type Hash, hashWords, stateHash, tags } from '@crema/protocol'
import { createWalletClient, http, type LocalAccount } from 'viem'
import { l1Chain } from '../devnet/chains.ts'
import type { Devnet } from '../devnet/devnet.ts'

const NO_BOND: Hash = `0x${'00'.repeat(32)}`

/** What a stranger asserts with a stake of its own. */
export interface StrangerAssertion {
  readonly parentId: Hash
  readonly end: BlockState
  /** Given: sent as a rival of the parent's first child, with a trace all of whose block leaves carry the end and this root. */
  readonly segmentsRoot?: Hash
}

/** Sends an assertion, right or wrong, as anybody can. Returns its id once it is mined. Throws when L1 refuses it. */
export async function sendAssertion(
  { anvil, config, urls }: Devnet,
  account: LocalAccount,
  { parentId, end, segmentsRoot }: StrangerAssertion,
): Promise<Hash> {
  const wallet = createWalletClient({ account, chain: l1Chain(config, urls.l1), transport: http() })
  const contract = { address: config.l1Contracts.assertionChain, abi: assertionChainAbi, value: config.stake } as const
  const id = await anvil.client.readContract({
    address: contract.address,
    abi: contract.abi,
    functionName: 'assertionIdOf',
    args: [parentId, end],
  })
  const hash =
    segmentsRoot === undefined
      ? await wallet.writeContract({ ...contract, functionName: 'propose', args: [id, parentId, end, NO_BOND] })
      : await wallet.writeContract({
          ...contract,
          functionName: 'proposeRival',
          args: [id, parentId, end, ...idleTrace(end, segmentsRoot), NO_BOND],
        })
  const receipt = await anvil.client.waitForTransactionReceipt({ hash, pollingInterval: 200 })
  if (receipt.status !== 'success') throw new Error(`the assertion was refused in ${hash}`)
  return id
}

/** Root of the tree of 4,096 equal block leaves, and the proof of the last. */
function idleTrace(end: BlockState, segmentsRoot: Hash): readonly [Hash, { segmentsRoot: Hash; siblings: Hash[] }] {
  const siblings: Hash[] = []
  let node = hashWords(tags.blockLeaf, stateHash(end), segmentsRoot)
  while (siblings.length < 12) {
    siblings.push(node)
    node = hashWords(tags.node, node, node)
  }
  return [node, { segmentsRoot, siblings }]
}
