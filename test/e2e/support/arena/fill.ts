import { type Address, encodePayload, type Hex, hexToBytes } from '@crema/protocol'
import { createLanePoster, type ForcedRollup, testAccount, testAddress } from '@crema/testing'
import type { SignedAuthorization } from 'viem'

/** Accounts: who posts on L1, and a user of L2. */
const [POSTER, USER] = [1, 5] as const
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

/** Posts blocks with these entries and waits until the node has finalized them. */
export async function postBlocks(rollup: ForcedRollup, blocks: readonly (readonly Uint8Array[])[]): Promise<void> {
  const poster = createLanePoster(rollup.l1, rollup.l1Url, testAccount(POSTER), rollup.config)
  for (const entries of blocks) await poster.post([{ payload: encodePayload(entries) }])
  await rollup.settle()
}
