import { bytesEqual, concatBytes, keccak256 } from '@crema/protocol'
import { emptyCodeHash, type TrieAccount } from '../trie/account.ts'
import { MissingCodeError } from './errors.ts'
import type { Machine } from './machine.ts'
import { noteCode } from './witness.ts'
import { addressBytes, readInteger } from './words.ts'

const nothing = new Uint8Array(0)

/** Code of an account, whose bytes the micro-op uses. Throws {@link MissingCodeError}. */
export function codeOf(m: Machine, account: TrieAccount | undefined): Uint8Array {
  const code = loadCode(m, account)
  if (m.witness !== undefined) noteCode(m.witness, code)
  return code
}

/** Code of an account, of which the micro-op uses the hash alone. Throws {@link MissingCodeError}. */
export function loadCode(m: Machine, account: TrieAccount | undefined): Uint8Array {
  if (account === undefined || bytesEqual(account.codeHash, emptyCodeHash)) return nothing
  const { codeHash } = account
  const key = hexKey(codeHash)
  const { codes, newCodes } = m.caches
  const known = codes.get(key) ?? newCodes.get(key)
  if (known !== undefined) return known
  const code = m.store.code(codeHash)
  if (code === undefined) throw new MissingCodeError(codeHash)
  codes.set(key, code)
  return code
}

/** Keeps a new code for the store; returns its hash. */
export function keepCode(m: Machine, code: Uint8Array): Uint8Array {
  if (code.length === 0) return emptyCodeHash
  const hash = keccak256(code)
  m.caches.newCodes.set(hexKey(hash), code)
  return hash
}

/** Whether an account has code. */
export function hasCode(account: TrieAccount): boolean {
  return !bytesEqual(account.codeHash, emptyCodeHash)
}

/** The address that an EIP-7702 delegation names; undefined for any other code. */
export function delegationTarget(code: Uint8Array): bigint | undefined {
  if (code.length !== 23 || code[0] !== 0xef || code[1] !== 0x01 || code[2] !== 0x00) return undefined
  return readInteger(code, 3, 20)
}

/** Code that delegates to `target`. */
export function delegationTo(target: bigint): Uint8Array {
  return concatBytes(Uint8Array.of(0xef, 0x01, 0x00), addressBytes(target))
}

function hexKey(hash: Uint8Array): string {
  return Buffer.from(hash.buffer, hash.byteOffset, 32).toString('hex')
}
