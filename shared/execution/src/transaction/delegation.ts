import { type Address, concatBytes, hexToBytes } from '@crema/protocol'

const PREFIX = Uint8Array.of(0xef, 0x01, 0x00)

/** Whether code is an EIP-7702 delegation: 0xef0100 and an address. */
export function isDelegation(code: Uint8Array): boolean {
  return code.length === 23 && code[0] === 0xef && code[1] === 0x01 && code[2] === 0x00
}

/** Code that delegates to `target`. */
export function delegationTo(target: Address): Uint8Array {
  return concatBytes(PREFIX, hexToBytes(target))
}
