import type { Address, Hex } from '@crema/protocol'
import { TxUsageError } from '../errors.ts'
import type { Signer } from '../types.ts'
import { keystoreSigner } from './keystore.ts'
import { privateKeySigner } from './local.ts'
import { mnemonicSigner } from './mnemonic.ts'
import { remoteSigner } from './remote.ts'

/** The `signer` section of a service's configuration (`signerSection` of `@crema/service-kit`). */
export interface SignerConfig {
  readonly privateKey?: string | undefined
  readonly mnemonic?: string | undefined
  readonly hdPath?: string | undefined
  readonly keystore?: string | undefined
  readonly password?: string | undefined
  readonly remoteUrl?: string | undefined
  readonly remoteAddress?: string | undefined
  /** Each `Name: value`. */
  readonly remoteHeaders?: readonly string[] | undefined
}

const parseHeaders = (lines: readonly string[]) =>
  Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]),
  )

/**
 * Makes the signer a configuration describes.
 * @throws TxUsageError `tx.signer` when it describes none, `tx.keystore` when the file cannot be decrypted.
 */
export function createSigner(config: SignerConfig): Signer {
  if (config.privateKey !== undefined) return privateKeySigner(config.privateKey as Hex)
  if (config.mnemonic !== undefined) return mnemonicSigner(config.mnemonic, config.hdPath)
  if (config.keystore !== undefined) return keystoreSigner(config.keystore, config.password ?? '')
  if (config.remoteUrl !== undefined && config.remoteAddress !== undefined) {
    const headers = parseHeaders(config.remoteHeaders ?? [])
    return remoteSigner({ url: config.remoteUrl, address: config.remoteAddress as Address, headers })
  }
  throw new TxUsageError('tx.signer', 'the configuration names no key')
}
