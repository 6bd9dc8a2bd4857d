import { encodePayload } from '@crema/protocol'
import { expect, it } from 'vitest'
import { edgeAlloc, edgeBlocks } from './edge-blocks.ts'
import { address, config, createPair, ether, signed, wallet } from './support.ts'

it('edges of deposits, creations, calls, authorizations and precompiles come to what @crema/execution makes of them', async () => {
  const pair = await createPair(edgeAlloc())
  let index = 0
  for (const { entries, deposits } of edgeBlocks()) {
    const { expected, actual } = await pair.run(pair.next({ payload: encodePayload(entries), deposits }))
    expect(actual.block.skipped).toEqual(expected.skipped)
    expect(actual.block.receipts).toEqual(expected.receipts)
    expect(actual.block.hash).toBe(expected.hash)
    index++
  }
  expect(index).toBe(3)
}, 60_000)

it('a call with value to an account that the genesis names without giving it anything', async () => {
  const [empty, caller, sender] = [address(0xaaaa), address(0xbb01), wallet(1)]
  const code = `0x5f5f5f5f600173${empty.slice(2)}61fffff15073${empty.slice(2)}3f60005500` as const
  const alloc = { [sender.address]: { balance: ether }, [empty]: { balance: 0n }, [caller]: { balance: 9n, code } }
  const pair = await createPair(alloc)
  const fields = { chainId: config.chainId, nonce: 0n, gasPrice: 10n ** 9n, gasLimit: 200_000n, to: caller, value: 0n }
  const entry = signed({ type: 0, ...fields, data: new Uint8Array(0) }, sender)
  const { expected, actual } = await pair.run(pair.next({ payload: encodePayload([entry]) }))
  expect(expected.receipts.map(({ status }) => status)).toEqual([1])
  expect(actual.block.receipts).toEqual(expected.receipts)
  expect(actual.block.hash).toBe(expected.hash)
})
