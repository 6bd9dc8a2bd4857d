import { l2ToL1MessagePasserRuntimeCode } from '@crema/l1'
import { concatBytes, hexToBytes, keccak256Hex, outputRoot, predeploys } from '@crema/protocol'
import { verifyMerkleProof } from '@ethereumjs/mpt'
import { getWithdrawals } from 'viem/op-stack'
import { expect, it } from 'vitest'
import { addressOf, alloc, signed, transfer } from '../support/accounts.ts'
import { failure, request } from '../support/client.ts'
import { createTestRollup } from '../support/test-rollup.ts'

interface Proof {
  readonly withdrawal: { readonly withdrawalHash: `0x${string}`; readonly sender: string; readonly value: string }
  readonly outputRoot: string
  readonly outputRootProof: Record<'stateRoot' | 'messagePasserStorageRoot' | 'latestBlockhash', `0x${string}`>
  readonly withdrawalProof: readonly `0x${string}`[]
}

it('proves a withdrawal under the output root of a block', async () => {
  const passer = { nonce: 1n, code: l2ToL1MessagePasserRuntimeCode }
  const { rpc, seal } = await createTestRollup({ ...alloc, [predeploys.l2ToL1MessagePasser]: passer })
  const raw = signed(transfer({ to: predeploys.l2ToL1MessagePasser, value: 7n, gasLimit: 200_000n }))
  const hash = await request<`0x${string}`>(rpc, 'eth_sendRawTransaction', raw)
  await seal()
  const proof = await request<Proof>(rpc, 'rollup_getWithdrawalProof', hash, '0x0', 'latest')

  const receipt = await request(rpc, 'eth_getTransactionReceipt', hash)
  const [withdrawal] = getWithdrawals(receipt as Parameters<typeof getWithdrawals>[0])
  expect(proof.withdrawal).toMatchObject({
    withdrawalHash: withdrawal?.withdrawalHash,
    sender: addressOf('alice'),
    value: '0x7',
  })
  const { stateRoot, messagePasserStorageRoot, latestBlockhash } = proof.outputRootProof
  expect(proof.outputRoot).toBe(
    outputRoot({ stateRoot, withdrawalsRoot: messagePasserStorageRoot, blockHash: latestBlockhash }),
  )
  const slot = keccak256Hex(concatBytes(hexToBytes(proof.withdrawal.withdrawalHash), new Uint8Array(32)))
  const nodes = proof.withdrawalProof.map(hexToBytes)
  const options = { useKeyHashing: true, root: hexToBytes(messagePasserStorageRoot) }
  expect(await verifyMerkleProof(hexToBytes(slot), nodes, options)).toEqual(Uint8Array.of(1))

  expect((await failure(rpc, 'rollup_getWithdrawalProof', hash, '0x0')).code).toBe(-32001) // not in the finalized block yet
  expect((await failure(rpc, 'rollup_getWithdrawalProof', hash, '0x1', 'latest')).code).toBe(-32001)
})
