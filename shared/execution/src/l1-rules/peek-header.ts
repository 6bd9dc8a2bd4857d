import { bytesToBigInt, decodeRlp, rlpBytes, rlpList } from '@crema/protocol'

/** Number and timestamp (seconds) of an encoded block. Throws `DecodeError` when it is not RLP of a block's shape. */
export function peekHeader(block: Uint8Array): { readonly number: bigint; readonly timestamp: bigint } {
  const header = rlpList(rlpList(decodeRlp(block))[0])
  return { number: bytesToBigInt(rlpBytes(header[8])), timestamp: bytesToBigInt(rlpBytes(header[11])) }
}
