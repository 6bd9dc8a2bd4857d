import { portalAbi, wETH9Abi } from '@crema/l1'
import { type Address, bytesToHex, encodePayload, type Hex, hexToBytes, limits, predeploys } from '@crema/protocol'
import { createWalletClient, encodeFunctionData, http } from 'viem'
import { testAccount, testAddress } from './accounts.ts'
import { forceLeaf } from './force-leaf.ts'
import type { ForcedRollup } from './forced-rollup.ts'
import { createLanePoster, type LanePoster } from './lane-poster.ts'

/** Accounts: who posts, who deposits, who forces; and users of L2 with funds from genesis. */
const [POSTER, DEPOSITOR, FORCER] = [1, 2, 19] as const
const users = [5, 6] as const
const GWEI = 10n ** 9n

/** Balances on L2 that {@link makeVariedHistory} counts on. */
export const variedPrefunded: Readonly<Record<Address, bigint>> = Object.fromEntries(
  users.map((index) => [testAddress(index), 10n ** 21n]),
)

/** Initcode of a contract whose code is one STOP; it stores a word and logs on the way. */
const initcode: Hex = '0x602a60005560206000a0600060005360016000f3'

/** Fills a rollup's Inbox with every kind of leaf and block. Resolves once the node has executed and finalized all. */
export async function makeVariedHistory(rollup: ForcedRollup): Promise<void> {
  const { l1, l1Url, config, rpc, settle } = rollup
  const poster = createLanePoster(l1, l1Url, testAccount(POSTER), config)
  const user = l2Users(config.l2.chainId)
  const deposit = depositor(rollup)
  const head = () => l1.getBlockNumber()

  // The first block's parent is genesis, and its timestamp is genesis'.
  const wrapped = encodeFunctionData({ abi: wETH9Abi, functionName: 'deposit' })
  await post(poster, [
    await user(0, { to: testAddress(7), value: 5n }),
    await user(0, { to: predeploys.weth9, value: 10n ** 18n, data: wrapped, gas: 100_000n }),
    Uint8Array.of(0xc0, 0xff, 0xee),
    await user(1, { data: initcode, gas: 200_000n }),
    await user(1, { to: testAddress(7), nonce: 77 }),
  ])
  // Several blocks in one batch, with equal timestamps: empty; too large to be read; one whose entry is too large to be one.
  await poster.post([
    { payload: new Uint8Array(0) },
    { payload: new Uint8Array(limits.maxPayloadSize + 1).fill(1) },
    {
      payload: encodePayload([
        new Uint8Array(limits.maxTransactionSize + 1).fill(7),
        await user(0, { to: testAddress(8) }),
      ]),
    },
  ])

  // Deposits: to an account, a creation, one that fails. More follow between the origin and the batch.
  await deposit({ to: testAddress(8), value: 3n, mint: 4n })
  await deposit({ data: initcode, isCreation: true })
  await deposit({ to: predeploys.weth9, data: '0xdeadbeef', gas: 60_000n })
  const origin = await head()
  await deposit({ to: testAddress(9), value: 10n ** 30n })
  await poster.post([{ payload: encodePayload([await user(1, { to: testAddress(8), value: 1n })]), origin }])

  // In one L1 block: a deposit, a batch, a deposit. The leaf's deposit root knows the first alone.
  const late = await head()
  await rpc('evm_setAutomine', false)
  const sent = [
    deposit({ to: testAddress(8), value: 1n, mint: 1n, tip: 9n * GWEI }),
    poster.post([{ payload: encodePayload([await user(0, { to: testAddress(8) })]), origin: late }]),
    deposit({ to: testAddress(8), value: 1n, mint: 1n, tip: 1n }),
  ]
  await waitForPending(rollup, sent.length)
  await rpc('anvil_mine', '0x1')
  await Promise.all(sent)
  await rpc('evm_setAutomine', true)

  // Forced leaves, with what is left of the deposits; then an ordered one.
  await forceLeaf(l1, l1Url, testAccount(FORCER), config)
  await forceLeaf(l1, l1Url, testAccount(FORCER), config)
  const { timestamp } = await l1.getBlock()
  const storm = await user(0, { to: predeploys.weth9, value: 1n, data: wrapped, gas: 100_000n })
  await poster.post([{ payload: encodePayload([storm]), timestamp, origin: await head() }])
  await settle()
}

const post = (poster: LanePoster, entries: readonly Uint8Array[]) => poster.post([{ payload: encodePayload(entries) }])

interface Call {
  readonly to?: Hex
  readonly value?: bigint
  readonly data?: Hex
  readonly gas?: bigint
  /** Default the next. */
  readonly nonce?: number
}

/** Signs transactions of the users. */
function l2Users(chainId: bigint): (index: number, call: Call) => Promise<Uint8Array> {
  const nonces = users.map(() => 0)
  return async (index, { to, value = 0n, data = '0x', gas = 21_000n, nonce }) => {
    const raw = await testAccount(users[index]!).signTransaction({
      ...{ type: 'eip1559', chainId: Number(chainId), maxFeePerGas: 100n * GWEI, maxPriorityFeePerGas: 1n },
      ...{ value, data, gas, nonce: nonce ?? nonces[index]!++ },
      ...(to === undefined ? {} : { to }),
    })
    return hexToBytes(raw)
  }
}

interface DepositCall {
  readonly to?: Address
  readonly value?: bigint
  readonly mint?: bigint
  readonly gas?: bigint
  readonly data?: Hex
  readonly isCreation?: boolean
  /** Wei for each gas, beside the base fee. */
  readonly tip?: bigint
}

/** Deposits through the Portal, and waits until L1 has mined it. */
function depositor({ l1, l1Url, config }: ForcedRollup): (call: DepositCall) => Promise<void> {
  const wallet = createWalletClient({ account: testAccount(DEPOSITOR), transport: http(l1Url) })
  let nonce = 0
  return async ({
    to = bytesToHex(new Uint8Array(20)),
    value = 0n,
    mint = 0n,
    gas = 200_000n,
    data = '0x',
    ...rest
  }) => {
    const hash = await wallet.writeContract({
      chain: null,
      address: config.l1Contracts.portal,
      abi: portalAbi,
      functionName: 'depositTransaction',
      args: [to, value, gas, rest.isCreation ?? false, data],
      value: mint,
      gas: 1_000_000n,
      nonce: nonce++,
      ...(rest.tip === undefined ? {} : { maxFeePerGas: 100n * GWEI, maxPriorityFeePerGas: rest.tip }),
    })
    const { status } = await l1.waitForTransactionReceipt({ hash, pollingInterval: 20 })
    if (status !== 'success') throw new Error(`L1 refused ${hash}`)
  }
}

async function waitForPending({ rpc }: ForcedRollup, count: number): Promise<void> {
  for (;;) {
    const { pending } = await rpc<{ readonly pending: Hex }>('txpool_status')
    if (Number(pending) >= count) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
