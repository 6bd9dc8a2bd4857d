import { assertionChainAbi } from '@crema/l1'
import { buildTrace, createMemoryTraceStore } from '@crema/machine'
import { bytesToHex, stateHash } from '@crema/protocol'
import { startForcedRollup } from '@crema/testing'
import { expect, it, onTestFinished } from 'vitest'
import { createAssertionMachine } from '../../src/dispute/assertion-machine.ts'
import { createDisputeInputs } from '../../src/dispute/provable-blocks.ts'
import { assertNext } from '../support/assert-next.ts'

it('follows L1 when it takes leaves and deposits back', async () => {
  const rollup = await startForcedRollup()
  onTestFinished(() => rollup.close())
  const { l1, config, node, rpc } = rollup
  const address = config.l1Contracts.assertionChain
  const genesisId = await l1.readContract({ address, abi: assertionChainAbi, functionName: 'genesisId' })
  const genesis = { id: genesisId, end: config.genesisState }
  const inputs = createDisputeInputs(node.store, config)

  await rollup.leaves(2)
  const snapshot = await rpc('evm_snapshot')
  await rollup.leaves(1)
  const taken = await assertNext(rollup, genesis, inputs)
  expect(taken!.blocks.block(2).leaf.depositEnd).toBe(3n)

  await rpc('evm_revert', snapshot)
  await rollup.pass(100)
  await rollup.leaves(2)
  // What was opened under the other fork says so, whatever block is asked for.
  for (let b = 0; b < 3; b++) {
    expect(() => taken!.blocks.block(b)).toThrow(expect.objectContaining({ code: 'OTHER_INBOX', retryable: true }))
  }
  await expect(inputs.open(taken!.blocks.terms)).rejects.toMatchObject({ code: 'OTHER_INBOX', retryable: true })
  const kept = await assertNext(rollup, genesis, inputs)
  expect(kept!.blocks.count).toBe(4)
  const { source } = createAssertionMachine(node.store, kept!.blocks)
  const trace = await buildTrace({ source, store: createMemoryTraceStore() })
  expect(bytesToHex(trace.endState)).toBe(stateHash(kept!.end))
  expect(source.id).not.toBe(
    createAssertionMachine(node.store, { ...kept!.blocks, terms: taken!.blocks.terms }).source.id,
  )
})
