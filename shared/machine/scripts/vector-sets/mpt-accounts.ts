import { bytesToHex } from '@crema/protocol'
import { columns, noise, type Vectors, word } from '../../../protocol/scripts/vector-sets/columns.ts'
import { emptyCodeHash, emptyRoot, encodeAccount, encodeStorageValue } from '../../src/index.ts'

/** Accounts and storage words as their tries hold them. */
export function mptAccountVectors(): Vectors {
  const nonces = [0n, 1n, 127n, 128n, 255n, 256n, 2n ** 32n, 2n ** 64n - 1n]
  const balances = [0n, 1n, 127n, 128n, 256n, 10n ** 18n, 2n ** 255n, 2n ** 256n - 1n]
  return columns(
    nonces.flatMap((nonce, i) =>
      balances.map((balance, j) => {
        const storageRoot = (i + j) % 2 === 0 ? emptyRoot : noise(`root ${i} ${j}`, 32)
        const codeHash = j % 3 === 0 ? bytesToHex(emptyCodeHash) : word(`code ${i} ${j}`)
        return {
          nonce,
          balance,
          storageRoot: bytesToHex(storageRoot),
          codeHash,
          encoded: bytesToHex(
            encodeAccount({
              nonce,
              balance,
              storageRoot,
              codeHash: new Uint8Array(Buffer.from(codeHash.slice(2), 'hex')),
            }),
          ),
          balanceAsStorageValue: bytesToHex(encodeStorageValue(balance)),
        }
      }),
    ),
  )
}
