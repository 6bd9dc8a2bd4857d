import {
  type Address,
  bytesToHex,
  concatBytes,
  type GenesisAccount,
  hexToBytes,
  keccak256,
  predeploys,
} from '@crema/protocol'
import { describe, expect, it } from 'vitest'
import { buildGenesisAlloc, createGenesis, createSimulator, type PredeployName, preinstalls } from '../../src/index.ts'
import { initcode } from '../assembler.ts'
import { config, createTestChain, ether, hash, signed, transfer, wallet } from '../support.ts'

const alice = wallet(1)
const names = [
  'WETH9',
  'GasPriceOracle',
  'SequencerFeeVault',
  'L1Block',
  'L2ToL1MessagePasser',
  'BaseFeeVault',
] as const
const predeployCode = Object.fromEntries(names.map((name) => [name, { code: '0x00' }])) as unknown as Record<
  PredeployName,
  { code: `0x${string}` }
>
const recipient: Address = `0x${'ab'.repeat(20)}`
const alloc = buildGenesisAlloc({
  predeployCode,
  feeVaults: { recipient, minWithdrawal: 5n },
  prefunded: { [alice.address]: ether },
})

describe('the genesis allocation', () => {
  it('holds predeploys with their settings, system contracts and funds', async () => {
    for (const address of Object.values(predeploys)) expect(alloc[address]?.code, address).toBeDefined()
    expect(alloc[predeploys.withdrawalRequests]).toMatchObject({ code: '0x00' })
    expect(alloc[predeploys.baseFeeVault]!.storage).toEqual({ [hash(1)]: hash(5), [hash(2)]: hash(BigInt(recipient)) })
    expect(alloc[alice.address]).toEqual({ balance: ether })
  })

  it('makes a genesis that depends on every part of it', async () => {
    const make = (changed: Record<Address, GenesisAccount>) =>
      createGenesis({ number: 3n, timestamp: 9n, baseFee: 7n, alloc: changed }, config)
    const genesis = await make(alloc)
    expect(genesis.header).toMatchObject({ number: 3n, timestamp: 9n, baseFeePerGas: 7n, gasUsed: 0n })
    expect(genesis.state).toMatchObject({ number: 3n, blockHash: genesis.block.hash, inboxCount: 0n, status: 0 })
    const richer = await make({ ...alloc, [alice.address]: { balance: ether + 1n } })
    expect(richer.header.stateRoot).not.toBe(genesis.header.stateRoot)
    expect((await make(alloc)).header.hash).toBe(genesis.header.hash)
  })

  it('deploys deterministically and has a working Multicall3', async () => {
    const chain = await createTestChain(alloc)
    const salt = new Uint8Array(32).fill(7)
    const init = initcode('0x6005')
    const raw = signed(
      transfer({
        to: preinstalls.deterministicDeploymentProxy,
        value: 0n,
        gasLimit: 200_000n,
        data: concatBytes(salt, init),
      }),
      alice,
    )
    const { block } = await chain.run([raw])
    expect(block.receipts).toMatchObject([{ status: 1 }])
    const simulator = createSimulator({ config, state: chain.store, blockHash: () => undefined })
    const proxy = hexToBytes(preinstalls.deterministicDeploymentProxy)
    const address = keccak256(concatBytes(Uint8Array.of(0xff), proxy, salt, keccak256(init))).slice(12)
    expect(bytesToHex(await simulator.code(chain.head.stateRoot, bytesToHex(address)))).toBe('0x6005')
    // getBlockNumber()
    const data = hexToBytes('0x42cbb15c')
    const message = { from: alice.address, to: preinstalls.multicall3, gas: 100_000n, gasPrice: 0n, value: 0n, data }
    expect((await simulator.call({ header: chain.head, message })).output).toBe(hash(1))
  })
})
