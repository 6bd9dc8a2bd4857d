import { decodeTransaction, recoverSender } from '@crema/protocol'
import { makeEntry, wallets } from '../../../../shared/machine/test/block/random-block.ts'
import type { Random } from '../../../../shared/machine/test/block/random-program.ts'
import { signed } from '../../../../shared/machine/test/block/support.ts'

/** A random transaction; half of them with a random gas limit, so that it runs out anywhere. */
export function randomEntry(random: Random, nonces: bigint[]): Uint8Array {
  const raw = makeEntry(random, nonces)
  if (random() % 2 === 0) return raw
  const transaction = decodeTransaction(raw)
  const from = wallets.find(({ address }) => address === recoverSender(transaction))
  // Quadratic, so that most runs end early.
  const share = (random() % 1_000) ** 2
  return from === undefined ? raw : signed({ ...transaction, gasLimit: BigInt(21_000 + Math.floor(share / 3)) }, from)
}
