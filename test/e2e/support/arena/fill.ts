import { portalAbi } from '@crema/l1'
import { type Address, encodePayload, type Hex, hexToBytes } from '@crema/protocol'
import { createLanePoster, type ForcedRollup, testAccount, testAddress } from '@crema/testing'
import { createWalletClient, http, type SignedAuthorization } from 'viem'

/** Who posts on L1. */
const POSTER = 1
/** A user of L2, by the account of the test mnemonic. */
export const USER = 5
const GWEI = 10n ** 9n

/** Balances on L2 that {@link l2User} counts on. */
export const prefunded: Readonly<Record<Address, bigint>> = { [testAddress(USER)]: 10n ** 21n }

export interface L2Call {
  readonly to?: Address
  readonly value?: bigint
  readonly data?: Hex
  readonly gas?: bigint
  readonly authorizationList?: readonly SignedAuthorization[]
}

/** Signs the user's transactions, one after another. */
export function l2User({ config }: ForcedRollup): (call: L2Call) => Promise<Uint8Array> {
  let nonce = 0
  return async ({ to, value = 0n, data = '0x', gas = 21_000n, authorizationList }) => {
    const raw = await testAccount(USER).signTransaction({
      ...(authorizationList === undefined ? { type: 'eip1559' } : { type: 'eip7702', authorizationList }),
      ...{ chainId: Number(config.l2.chainId), maxFeePerGas: 100n * GWEI, maxPriorityFeePerGas: 1n },
      ...{ value, data, gas, nonce: nonce++ },
      ...(to === undefined ? {} : { to }),
    })
    return hexToBytes(raw)
  }
}

/** Posts blocks with these entries and waits until the node has finalized them, as long as {@link ForcedRollup.settle} does by default. */
export async function postBlocks(
  rollup: ForcedRollup,
  blocks: readonly (readonly Uint8Array[])[],
  patienceMs?: number,
): Promise<void> {
  const poster = lanePoster(rollup)
  for (const entries of blocks) await poster.post([{ payload: encodePayload(entries) }])
  await rollup.settle(patienceMs)
}

/** A deposit, as the Portal takes it. */
export interface DepositCall {
  /** Account of the test mnemonic. */
  readonly account: number
  readonly to: Address
  /** Wei that come to L2. */
  readonly mint: bigint
  /** Wei that the transaction on L2 sends; default 0. */
  readonly value?: bigint
  /** Default 100,000. */
  readonly gas?: bigint
  readonly data?: Hex
}

/** Deposits through the Portal. Returns the L1 block; throws what L1 says. */
export async function depositTo(
  { l1, l1Url, config }: ForcedRollup,
  { account, to, mint, value = 0n, gas = 100_000n, data = '0x' }: DepositCall,
): Promise<bigint> {
  const wallet = createWalletClient({ account: testAccount(account), transport: http(l1Url) })
  const hash = await wallet.writeContract({
    ...{ chain: null, address: config.l1Contracts.portal, abi: portalAbi, functionName: 'depositTransaction' },
    ...{ args: [to, value, gas, false, data], value: mint },
  })
  const { status, blockNumber } = await l1.waitForTransactionReceipt({ hash, pollingInterval: 20 })
  if (status !== 'success') throw new Error(`L1 refused the deposit ${hash}`)
  return blockNumber
}

/** The committee in one hand, for contents that {@link postBlocks} does not make. */
export const lanePoster = ({ l1, l1Url, config }: ForcedRollup) =>
  createLanePoster(l1, l1Url, testAccount(POSTER), config)
