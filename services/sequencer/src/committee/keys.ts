import { readFileSync } from 'node:fs'
import { hexToBytes } from '@crema/protocol'
import { mnemonicToAccount } from 'viem/accounts'
import { SequencerServiceError } from '../errors.ts'

/**
 * `count` keys of a BIP-39 mnemonic at m/44'/60'/0'/1/i, `i` from `firstIndex` on: the branch beside that of wallets, so that no
 * account that sends transactions signs headers. @throws Error for a bad mnemonic.
 */
export function keysFromMnemonic(mnemonic: string, count: number, firstIndex = 0): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => {
    const { privateKey } = mnemonicToAccount(mnemonic, { changeIndex: 1, addressIndex: firstIndex + i }).getHdKey()
    if (!privateKey)
      throw new SequencerServiceError('BAD_COMMITTEE', 'the mnemonic gives no key', { details: { index: i } })
    return new Uint8Array(privateKey)
  })
}

/** Keys of a file with one hex private key on each line; blank lines and lines starting with # are skipped. */
export function keysFromFile(path: string): Uint8Array[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.flatMap((text, i) => {
    const line = text.trim()
    if (line === '' || line.startsWith('#')) return []
    if (!/^0x[0-9a-fA-F]{64}$/.test(line)) {
      throw new SequencerServiceError('BAD_COMMITTEE', 'a line is not a private key', {
        details: { path, line: i + 1 },
      })
    }
    return [hexToBytes(line)]
  })
}
