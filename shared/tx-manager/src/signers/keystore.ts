import { createDecipheriv, pbkdf2Sync, scryptSync, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { keccak256, toHex } from 'viem'
import { TxUsageError } from '../errors.ts'
import type { Signer } from '../types.ts'
import { privateKeySigner } from './local.ts'

interface Keystore {
  readonly version: number
  readonly address?: string
  readonly crypto: {
    readonly cipher: string
    readonly ciphertext: string
    readonly cipherparams: { readonly iv: string }
    readonly kdf: string
    readonly kdfparams: {
      readonly salt: string
      readonly dklen: number
      readonly n?: number
      readonly r?: number
      readonly p?: number
      readonly c?: number
      readonly prf?: string
    }
    readonly mac: string
  }
}

const bytes = (hex: string) => Buffer.from(hex.replace(/^0x/, ''), 'hex')
const fail = (message: string): never => {
  throw new TxUsageError('tx.keystore', message)
}

function deriveKey({ kdf, kdfparams: k }: Keystore['crypto'], password: string): Buffer {
  const salt = bytes(k.salt)
  if (kdf === 'scrypt' && k.n && k.r && k.p) {
    const maxmem = 256 * k.n * k.r + 1024 * 1024
    try {
      return scryptSync(password, salt, k.dklen, { N: k.n, r: k.r, p: k.p, maxmem })
    } catch (error) {
      return fail(`unsupported scrypt parameters: ${(error as Error).message}`)
    }
  }
  if (kdf === 'pbkdf2' && k.c && k.prf === 'hmac-sha256') return pbkdf2Sync(password, salt, k.c, k.dklen, 'sha256')
  return fail(`unsupported key derivation ${kdf}`)
}

/**
 * Decrypts a Web3 Secret Storage (keystore v3) document: scrypt or PBKDF2, AES-128-CTR, keccak-256 MAC.
 * @throws TxUsageError `tx.keystore` for other versions and ciphers and for a wrong password.
 */
export function decryptKeystore(json: string, password: string): `0x${string}` {
  let keystore: Keystore
  try {
    keystore = JSON.parse(json)
  } catch {
    return fail('the keystore is no JSON')
  }
  // Early geth wrote `Crypto`.
  const crypto = keystore.crypto ?? (keystore as unknown as { Crypto?: Keystore['crypto'] }).Crypto
  if (keystore.version !== 3 || !crypto) return fail('only keystore version 3 is supported')
  if (crypto.cipher !== 'aes-128-ctr') return fail(`unsupported cipher ${crypto.cipher}`)
  const key = deriveKey(crypto, password)
  const ciphertext = bytes(crypto.ciphertext)
  const mac = bytes(keccak256(Buffer.concat([key.subarray(16, 32), ciphertext])))
  const expected = bytes(crypto.mac)
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) return fail('wrong keystore password')
  const decipher = createDecipheriv('aes-128-ctr', key.subarray(0, 16), bytes(crypto.cipherparams.iv))
  return toHex(Buffer.concat([decipher.update(ciphertext), decipher.final()]), { size: 32 })
}

/** Signer over a keystore v3 file. */
export function keystoreSigner(path: string, password: string): Signer {
  const json = readFileSync(path, 'utf8')
  const signer = privateKeySigner(decryptKeystore(json, password))
  const named = (JSON.parse(json) as Keystore).address?.replace(/^0x/, '').toLowerCase()
  if (named && `0x${named}` !== signer.address)
    fail(`the keystore names ${named} but holds the key of ${signer.address}`)
  return signer
}
