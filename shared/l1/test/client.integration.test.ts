import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Anvil, startAnvil } from '@crema/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createL1Client } from '../src/client.ts'

/** Returns its argument, or reverts when that is 7: `calldataload(4)`, `eq 7`, `jumpi`, `return`, `revert`. */
const CODE = '0x6004358060071460125760005260206000f35b600080fd'
const ADDRESS = '0x00000000000000000000000000000000000000aa'
const abi = [
  {
    type: 'function',
    name: 'echo',
    stateMutability: 'view',
    inputs: [{ type: 'uint256' }],
    outputs: [{ type: 'uint256' }],
  },
] as const

let anvil: Anvil
const asked: string[] = []
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString()
  asked.push((JSON.parse(body) as { method: string }).method)
  const answer = await fetch(anvil.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  response.end(await answer.text())
})

beforeAll(async () => {
  anvil = await startAnvil()
  await anvil.client.request({ method: 'anvil_setCode' as never, params: [ADDRESS, CODE] as never })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  server.close()
  await anvil?.stop()
})

it('brings reads of one block that are asked for together in few calls, each with its own answer or failure', async () => {
  const client = createL1Client({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  const blockNumber = await client.getBlockNumber()
  asked.length = 0
  const read = (value: bigint) =>
    client.readContract({ address: ADDRESS, abi, functionName: 'echo', args: [value], blockNumber })
  const words = Array.from({ length: 200 }, (_, i) => BigInt(i))
  const settled = await Promise.allSettled(words.map(read))
  const refused = settled.flatMap(({ status }, i) => (status === 'rejected' ? [i] : []))
  expect(refused).toEqual([7])
  expect(settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))).toEqual(words.toSpliced(7, 1))
  expect(asked.length).toBeLessThanOrEqual(10)
})
