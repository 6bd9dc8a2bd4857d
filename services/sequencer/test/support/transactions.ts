import { type Address, encodeTransaction, keccak256, signTransaction } from '@crema/protocol'

/** A private key of its own for each number. */
export const keyOf = (i: number) => keccak256(new TextEncoder().encode(`sender ${i}`))

/** A signed EIP-1559 transfer with `size` bytes of data. */
export function transfer({ key = 1, nonce = 0n, chainId = 901n, size = 0 } = {}): Uint8Array {
  const to: Address = `0x${'77'.repeat(20)}`
  return encodeTransaction(
    signTransaction(
      {
        type: 2,
        chainId,
        nonce,
        maxPriorityFeePerGas: 1n,
        maxFeePerGas: 10n ** 9n,
        gasLimit: 21_000n + 40n * BigInt(size),
        to,
        value: 1n,
        data: new Uint8Array(size).fill(1),
        accessList: [],
      },
      keyOf(key),
    ),
  )
}
