import { type Address, encodeTransaction, type Hash, limits, type SkipReason, skipReasons } from '@crema/protocol'
import { createHttpSequencerClient } from '@crema/sequencer-client'
import { testAddress } from '@crema/testing'
import { bytesToHex, toBytes } from 'viem'
import { getL2TransactionHashes } from 'viem/op-stack'
import { expect, it } from 'vitest'
import { createServiceProcess } from '../devnet/service-process.ts'
import { serviceSpec } from '../devnet/service-specs.ts'
import { createClients } from '../support/clients.ts'
import { setFaults } from '../support/faults.ts'
import { rollupCall } from '../support/rollup-call.ts'
import { useDevnet } from '../support/scenario.ts'
import { rawBy, signedBy, submitRaw } from '../support/send-raw.ts'
import { storedChain, syncFromL1 } from '../support/sync-from-l1.ts'
import { until } from '../support/until.ts'

const ether = 10n ** 18n
/** Users of the mnemonic: one with funds, one whose account is a contract, one at the last nonce. */
const [RICH, CONTRACT, LAST] = [5, 12, 13] as const
const accounts: Record<Address, { balance: bigint; nonce: bigint; code?: `0x${string}` }> = {
  [testAddress(CONTRACT)]: { balance: ether, nonce: 1n, code: '0x00' },
  [testAddress(LAST)]: { balance: ether, nonce: 2n ** 64n - 1n },
}
const devnet = useDevnet({
  parameters: { blockTimeMs: 300, blockGasLimit: 16_500_000n, genesisAccounts: accounts },
  services: ['sequencer', 'poster', 'rpc'],
})

interface Skipped {
  readonly hash: Hash
  readonly blockNumber: `0x${string}`
  readonly blockHash: Hash
  readonly entryIndex: `0x${string}`
  readonly reason: SkipReason
  readonly detail: string
}

type Case = readonly [raw: Uint8Array, refusal: RegExp]
const chain = () => devnet().config.l2.chainId
/** What each reason is made of, for a user whose next nonce is `nonce`; and the words with which an honest RPC refuses it. */
function cases(nonce: bigint): Record<Exclude<SkipReason, 'too-many-entries'>, Case> {
  const by = (user: number, fields: Parameters<typeof rawBy>[2]) => rawBy(user, chain(), { nonce, ...fields })
  const highS = { ...signedBy(RICH, chain(), { nonce }), s: 2n ** 256n - 1n }
  const init = { to: undefined, data: new Uint8Array(limits.maxInitcodeSize + 1), gasLimit: 1_000_000n }
  return {
    'too-large': [
      by(RICH, { data: new Uint8Array(limits.maxTransactionSize), gasLimit: 2_000_000n }),
      /oversized data/,
    ],
    'unsupported-type': [Uint8Array.of(3, 0xc0), /transaction type not supported/],
    undecodable: [Uint8Array.of(2, 0xc1, 0x80), /rlp: transaction does not decode/],
    'bad-signature': [encodeTransaction(highS), /invalid transaction v, r, s values/],
    'wrong-chain-id': [by(RICH, { chainId: chain() + 1n }), /invalid chain id for signer/],
    'gas-limit-above-cap': [by(RICH, { gasLimit: 2n ** 24n + 1n }), /above the cap of EIP-7825/],
    'intrinsic-gas-too-low': [by(RICH, { gasLimit: 20_999n }), /intrinsic gas too low/],
    'initcode-too-large': [by(RICH, init), /max initcode size exceeded/],
    'tip-above-fee-cap': [by(RICH, { maxPriorityFeePerGas: 2n * 10n ** 10n }), /max priority fee per gas higher/],
    'gas-limit-exceeds-block': [by(RICH, { gasLimit: 16_600_000n }), /exceeds block gas limit/],
    'fee-cap-below-base-fee': [by(RICH, { maxFeePerGas: 1n }), /max fee per gas less than block base fee/],
    'sender-not-eoa': [by(CONTRACT, { nonce: 1n }), /sender not an eoa/],
    'nonce-too-low': [by(RICH, { nonce: nonce - 1n, value: 7n }), /nonce too low/],
    'nonce-too-high': [by(RICH, { nonce: nonce + 1_000n }), /nonce too high/],
    'nonce-max': [by(LAST, { nonce: 2n ** 64n - 1n }), /nonce has max value/],
    'insufficient-funds': [by(RICH, { value: 2n ** 200n }), /insufficient funds for gas/],
  }
}

const skippedAt = (hash: Hash) =>
  until(`${hash} to be skipped`, 20_000, async () => {
    const skipped = await rollupCall<Skipped | null>(devnet().urls.rpc, 'rollup_getSkippedTransaction', hash)
    return skipped ?? undefined
  })

it('an honest RPC and sequencer refuse what would be skipped, and say why', async () => {
  const { l2Wallet, l2Public, account } = createClients(devnet(), RICH)
  await l2Public.waitForTransactionReceipt({ hash: await l2Wallet.sendTransaction({ to: account.address, value: 1n }) })
  const sequencer = createHttpSequencerClient({ url: devnet().urls.sequencer })
  for (const [reason, [raw, words]] of Object.entries(cases(1n))) {
    const send = rollupCall(devnet().urls.rpc, 'eth_sendRawTransaction', bytesToHex(raw))
    await expect(send, reason).rejects.toThrow(words)
    // Reasons 2 to 10 depend on the entry alone: the sequencer, which knows no state, refuses these as well.
    const at = skipReasons.indexOf(reason as SkipReason)
    if (at < 1 || at > skipReasons.indexOf('tip-above-fee-cap')) continue
    const code = `TX_${reason.toUpperCase().replaceAll('-', '_')}`
    await expect(sequencer.submit(chain(), raw), reason).rejects.toMatchObject({
      code: 'SEQUENCER_REFUSED',
      retryable: false,
      details: { reason: code },
    })
  }
  expect(await l2Public.getTransactionCount({ address: account.address, blockTag: 'pending' })).toBe(1)
})

it('skips what is ordered all the same, reports where and why, and harms no later transaction', async () => {
  const { l2Wallet, l2Public, account } = createClients(devnet(), RICH)
  const nonce = BigInt(await l2Public.getTransactionCount({ address: account.address }))
  const before = await l2Public.getBalance({ address: account.address })
  await setFaults(devnet(), { admitAnything: true })
  const hashes = new Map<SkipReason, Hash>()
  for (const [reason, [raw]] of Object.entries(cases(nonce))) {
    hashes.set(reason as SkipReason, await submitRaw(devnet(), raw))
  }
  await setFaults(devnet(), {})
  for (const [reason, hash] of hashes) {
    const skipped = await skippedAt(hash)
    expect(skipped, reason).toMatchObject({ hash, reason })
    const block = await l2Public.getBlock({ blockNumber: BigInt(skipped.blockNumber) })
    expect(skipped.blockHash).toBe(block.hash)
    expect(block.transactions).not.toContain(hash)
    expect(await rollupCall(devnet().urls.rpc, 'rollup_getTransactionStage', hash)).toMatchObject({
      stage: 'skipped',
      reason,
      blockNumber: skipped.blockNumber,
      blockHash: skipped.blockHash,
    })
    expect(await rollupCall(devnet().urls.rpc, 'eth_getTransactionReceipt', hash)).toBeNull()
    const ordered = await createHttpSequencerClient({ url: devnet().urls.sequencer }).status(chain(), hash)
    expect(ordered).toMatchObject({ stage: 'ordered', entryIndex: Number(skipped.entryIndex) })
  }
  expect(await l2Public.getBalance({ address: account.address })).toBe(before)

  const good = await l2Wallet.sendTransaction({ to: account.address, value: 1n })
  expect((await l2Public.waitForTransactionReceipt({ hash: good })).status).toBe('success')
  expect(BigInt(await l2Public.getTransactionCount({ address: account.address }))).toBe(nonce + 1n)
})

it('reads at most 4,094 entries less the deposits of a block', async () => {
  const net = devnet()
  const { l1Wallet, l1Public, l2Public, account } = createClients(net, RICH)
  // A slow sequencer, so that one block takes all that is submitted between two ticks.
  await net.services.sequencer.stop()
  const slow = createServiceProcess(
    serviceSpec('sequencer', { ...net, parameters: { ...net.parameters, blockTimeMs: 20_000 } }),
  )
  try {
    const request = await l2Public.buildDepositTransaction({ mint: 1n, to: account.address })
    const deposit = await l1Public.waitForTransactionReceipt({ hash: await l1Wallet.depositTransaction(request) })
    await until('the deposit to be final on L1', 20_000, async () =>
      (await l1Public.getBlock({ blockTag: 'finalized' })).number >= deposit.blockNumber ? true : undefined,
    )
    await slow.start()
    await setFaults(net, { admitAnything: true })
    const entries = Array.from({ length: limits.maxEntries }, (_, i) => toBytes(0x0a0000 + i))
    const queue = entries.values()
    const hashes = new Map<Uint8Array, Hash>()
    const sender = async () => {
      for (const raw of queue) hashes.set(raw, await submitRaw(net, raw))
    }
    await Promise.all(Array.from({ length: 16 }, sender))
    await until('the junk to be ordered', 60_000, async () => {
      const { stage } = await createHttpSequencerClient({ url: net.urls.sequencer }).status(
        chain(),
        hashes.get(entries.at(-1)!)!,
      )
      return stage === 'ordered' ? true : undefined
    })
    await setFaults(net, {})
    const executed = await l2Public.waitForTransactionReceipt({ hash: getL2TransactionHashes(deposit)[0]! })
    const reasons = await Promise.all(
      [...hashes.values()].map(async (hash) => {
        const { reason, entryIndex, blockNumber } = await skippedAt(hash)
        expect(BigInt(blockNumber)).toBe(executed.blockNumber)
        return [Number(entryIndex), reason] as const
      }),
    )
    const beyond = reasons.filter(([, reason]) => reason === 'too-many-entries')
    expect(beyond).toEqual([[limits.maxEntries - 1, 'too-many-entries']])
    expect(reasons.filter(([, reason]) => reason === 'unsupported-type')).toHaveLength(limits.maxEntries - 1)
  } finally {
    await slow.stop()
    await net.services.sequencer.start()
  }
})

it('a node that syncs from L1 alone skips the same', async () => {
  const net = devnet()
  const { l2Public } = createClients(net, RICH)
  const { number } = await l2Public.getBlock()
  await until('everything to be final', 60_000, async () =>
    (await l2Public.getBlock({ blockTag: 'finalized' })).number >= number ? true : undefined,
  )
  await net.services.sequencer.stop()
  await net.services.poster.stop()
  await net.services.rpc.stop()
  const fresh = await syncFromL1(net, number)
  expect(fresh).toEqual(storedChain(net, 'rpc'))
})
