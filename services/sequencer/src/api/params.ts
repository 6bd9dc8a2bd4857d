import { type Hash, hexToBytes } from '@crema/protocol'
import { Refusal } from '../errors.ts'

/** A decimal path or query parameter of at most 64 bits. @throws Refusal BAD_PARAMETER. */
export function uintParameter(name: string, text: string | undefined): bigint {
  if (text === undefined || !/^[0-9]{1,20}$/.test(text) || BigInt(text) >> 64n !== 0n) {
    throw new Refusal(400, 'BAD_PARAMETER', `${name} must be a decimal number of at most 64 bits`)
  }
  return BigInt(text)
}

/** A decimal count in 1 … max; `fallback` when absent. @throws Refusal BAD_PARAMETER. */
export function countParameter(name: string, text: string | undefined, fallback: number, max: number): number {
  if (text === undefined) return fallback
  const value = uintParameter(name, text)
  if (value < 1n || value > BigInt(max)) throw new Refusal(400, 'BAD_PARAMETER', `${name} must be 1 to ${max}`)
  return Number(value)
}

/** A 32-byte hash. @throws Refusal BAD_PARAMETER. */
export function hashParameter(name: string, text: string | undefined): Hash {
  if (text === undefined || !/^0x[0-9a-fA-F]{64}$/.test(text)) {
    throw new Refusal(400, 'BAD_PARAMETER', `${name} must be 32 bytes of hex`)
  }
  return text.toLowerCase() as Hash
}

/** The transaction in a request's body: the bytes themselves, or `{"raw": "0x…"}` as JSON. @throws Refusal BAD_BODY. */
export function rawTransaction(contentType: string | undefined, body: Uint8Array): Uint8Array {
  const raw = contentType?.startsWith('application/json') ? rawOfJson(body) : body
  if (raw.length === 0) throw new Refusal(400, 'BAD_BODY', 'the body holds no transaction')
  return raw
}

function rawOfJson(body: Uint8Array): Uint8Array {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    const { raw } = parsed as { raw?: unknown }
    if (typeof raw === 'string') return hexToBytes(raw)
  } catch {
    // Falls through to the one answer for every malformed body.
  }
  throw new Refusal(400, 'BAD_BODY', 'the body must be {"raw": "0x…"} or the raw bytes')
}
