import type { Hash, OrderedTransaction, UnsignedTransaction } from '@crema/protocol'
import { encodeTransaction, hexToBytes, signTransaction } from '@crema/protocol'
import { createHttpSequencerClient } from '@crema/sequencer-client'
import { testKey } from '@crema/testing'
import type { Devnet } from '../devnet/devnet.ts'

type Dynamic = Extract<UnsignedTransaction, { type: 2 }>

/** A transaction of type 2 to nobody, with whatever is said otherwise, signed by a user. */
export function signedBy(user: number, chainId: bigint, fields: Partial<Dynamic>): OrderedTransaction {
  const plain: Dynamic = {
    type: 2,
    chainId,
    nonce: 0n,
    maxPriorityFeePerGas: 1n,
    maxFeePerGas: 10n ** 10n,
    gasLimit: 21_000n,
    to: `0x${'42'.repeat(20)}`,
    value: 0n,
    data: new Uint8Array(0),
    accessList: [],
  }
  return signTransaction({ ...plain, ...fields }, hexToBytes(testKey(user)))
}

/** {@link signedBy} as bytes. */
export function rawBy(user: number, chainId: bigint, fields: Partial<Dynamic>): Uint8Array {
  return encodeTransaction(signedBy(user, chainId, fields))
}

/** Hands raw bytes to the sequencer itself, past the RPC. Throws what the client throws. */
export function submitRaw({ urls, config }: Devnet, raw: Uint8Array): Promise<Hash> {
  return createHttpSequencerClient({ url: urls.sequencer }).submit(config.l2.chainId, raw)
}
