// Executes and stores many transfers in a process of its own and prints what it took, as JSON.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openChainStore } from '@crema/chain-store'
import { createExecutor, createGenesis } from '@crema/execution'
import {
  encodePayload,
  encodeTransaction,
  keccak256,
  keccak256Hex,
  leafKinds,
  privateKeyToAddress,
  signTransaction,
} from '@crema/protocol'

const COUNT = Number(process.argv[2])
const PER_BLOCK = 500
const SENDERS = 500
const zero = `0x${'00'.repeat(32)}` as const
const config = {
  chainId: 420_691n,
  blockGasLimit: 30_000_000n,
  minBaseFee: 1_000n,
  elasticityMultiplier: 2n,
  baseFeeChangeDenominator: 8n,
}

const dir = mkdtempSync(join(tmpdir(), 'crema-bench-footprint-'))
const keys = Array.from({ length: SENDERS }, (_, i) => keccak256(new TextEncoder().encode(`sender ${i}`)))
const senders = keys.map((key) => privateKeyToAddress(key))
const alloc = Object.fromEntries(senders.map((address) => [address, { balance: 10n ** 24n }]))
const genesis = await createGenesis({ number: 0n, timestamp: 1n, baseFee: 1_000n, alloc }, config)
const origin = { number: 1n, hash: zero, timestamp: 1n, baseFee: 1n, mixHash: zero }
const position = {
  sequencerHeight: 0n,
  laneHeight: 0n,
  laneTip: zero,
  kind: leafKinds.ordered,
  timestamp: 1n,
  origin,
  depositEnd: 0n,
  inboxIndex: -1n,
  payloadHash: keccak256Hex(new Uint8Array()),
  gasSinceGenesis: 0n,
}
const store = openChainStore({ path: join(dir, 'chain.sqlite') })
store.initialize({ block: genesis.block, writes: genesis.writes, position, configDigest: zero })
const executor = createExecutor({ config, state: store, portal: `0x${'00'.repeat(20)}` })
let parent = genesis.header
let rawBytes = 0
let gasSinceGenesis = 0n
for (let done = 0, number = 1n; done < COUNT; done += PER_BLOCK, number++) {
  const raws = Array.from({ length: PER_BLOCK }, (_, i) => {
    const sender = (done + i) % SENDERS
    const transaction = signTransaction(
      {
        type: 2,
        chainId: config.chainId,
        nonce: BigInt(Math.floor((done + i) / SENDERS)),
        maxPriorityFeePerGas: 1n,
        maxFeePerGas: 10n ** 12n,
        gasLimit: 21_000n,
        // A new account each time: state grows as it does with new users.
        to: `0x${(BigInt(done + i) + (1n << 150n)).toString(16).padStart(40, '0')}`,
        value: 1n,
        data: new Uint8Array(),
        accessList: [],
      },
      keys[sender]!,
    )
    return encodeTransaction(transaction)
  })
  rawBytes += raws.reduce((sum, raw) => sum + raw.length, 0)
  const payload = encodePayload(raws)
  const { block, writes } = await executor.executeBlock(parent, {
    number,
    timestamp: number + 1n,
    prevRandao: zero,
    origin,
    deposits: [],
    payload,
  })
  if (block.receipts.length !== PER_BLOCK) throw new Error(`block ${number} skipped ${block.skipped.length}`)
  gasSinceGenesis += block.header.gasUsed
  store.commitBlock({
    block,
    writes,
    position: {
      ...position,
      sequencerHeight: number,
      laneHeight: number,
      timestamp: number + 1n,
      inboxIndex: number - 1n,
      payloadHash: keccak256Hex(payload),
      payload,
      gasSinceGenesis,
    },
  })
  parent = { ...block.header, hash: block.hash }
}
const stats = store.stats()
store.close()
const { rss, heapUsed } = process.memoryUsage()
rmSync(dir, { recursive: true, force: true })
console.log(JSON.stringify({ rss, heapUsed, rawBytes, fileBytes: stats.fileBytes + stats.walBytes }))
